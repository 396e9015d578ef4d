/** UNTDID 2005, kinds of tax point date (BR-CL-06). Source: Peppol BIS Billing 3.0.21 code list UNCL2005. */
export const taxPointCodes: ReadonlySet<string> = new Set('3 35 432'.split(' '));
