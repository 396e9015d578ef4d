import { datedTable } from '#engine/dated-table.ts';
import { isoDate } from '#engine/iso-date.ts';
import type { Country } from '#engine/sockets/country.ts';

/** Words that Swedish law wants on an invoice; the Swedish ones are the statute's own (reference/collection-rules.md §9.1). */
export const legalTexts: Country['texts'] = {
  reverseCharge: datedTable('text SE, reverse charge', [
    {
      from: isoDate('2023-07-01'),
      value: { sv: 'Omvänd betalningsskyldighet', en: 'Reverse charge' },
      source: 'ML (2023:200) 17:24 p. 14',
      confidence: 'V',
    },
  ]),
  selfBilling: datedTable('text SE, self-billing', [
    {
      from: isoDate('2023-07-01'),
      value: { sv: 'Självfakturering', en: 'Self-billing' },
      source: 'ML (2023:200) 17:24 p. 12',
      confidence: 'V',
    },
  ]),
  taxApproval: datedTable('text SE, approval for F-tax', [
    {
      from: isoDate('2012-01-01'),
      value: { sv: 'Godkänd för F-skatt', en: 'Approved for F-tax' },
      source: 'SE-R-005 of Peppol BIS Billing 3.0; skatteförfarandelag (2011:1244) 9 kap.',
      confidence: 'S',
    },
  ]),
};
