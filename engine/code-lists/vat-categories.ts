/** UNTDID 5305, VAT categories (BR-CL-17, -18). Source: Peppol BIS Billing 3.0.21 code list UNCL5305. */
export const vatCategories: ReadonlySet<string> = new Set('AE E S Z G O K L M B'.split(' '));
