/** UNTDID 5189, reasons of allowances (BR-CL-19). Source: Peppol BIS Billing 3.0.21 code list UNCL5189. */
export const allowanceReasons: ReadonlySet<string> = new Set(
  '41 42 60 62 63 64 65 66 67 68 70 71 88 95 100 102 103 104 105'.split(' '),
);
