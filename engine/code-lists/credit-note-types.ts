/** UNTDID 1001, credit notes (PEPPOL-EN16931-P0101). Source: Peppol BIS Billing 3.0.21 code list UNCL1001-cn. */
export const creditNoteTypes: ReadonlySet<string> = new Set('81 83 381 396 532'.split(' '));
