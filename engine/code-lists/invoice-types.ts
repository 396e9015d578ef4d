/** UNTDID 1001, invoices (PEPPOL-EN16931-P0100). Source: Peppol BIS Billing 3.0.21 code list UNCL1001-inv. */
export const invoiceTypes: ReadonlySet<string> = new Set(
  `
  71 80 82 84 102 218 219 326 331 380 382 383 384 386 388 389 393 395 553 575 623 780 817 870 875 876 877
`
    .trim()
    .split(/\s+/),
);
