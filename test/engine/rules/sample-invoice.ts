import { decimal } from '#engine/decimal.ts';
import type { Invoice } from '#engine/invoice.ts';
import { isoDate } from '#engine/iso-date.ts';

/** A consumer's invoice on paper: sound by law, without anything that only the network asks for. */
export const paperInvoice: Invoice = {
  kind: 'invoice',
  typeCode: '380',
  number: '1001',
  issueDate: isoDate('2026-11-02'),
  dueDate: isoDate('2026-12-02'),
  currency: 'SEK',
  precedingInvoices: [],
  attachments: [],
  seller: {
    name: 'Gröna Dalens Städ AB',
    identifiers: [],
    legalId: { id: '5560004615', scheme: '0007' },
    vatId: 'SE556000461501',
    address: { line1: 'Dalvägen 3', postcode: '111 11', city: 'Storstad', country: 'SE' },
  },
  buyer: { name: 'Åsa Berg', address: { line1: 'Storgatan 1', postcode: '111 22', city: 'Storstad', country: 'SE' } },
  paymentMeans: [],
  allowancesAndCharges: [],
  vatBreakdown: [{ code: 'S', rate: decimal('25'), baseAmount: 80_000n, vatAmount: 20_000n }],
  totals: { linesAmount: 80_000n, netAmount: 80_000n, vatAmount: 20_000n, grossAmount: 100_000n, payableAmount: 100_000n },
  lines: [
    {
      id: '1',
      quantity: decimal('2'),
      unit: 'HUR',
      netAmount: 80_000n,
      allowancesAndCharges: [],
      name: 'Städning',
      classifications: [],
      vat: { code: 'S', rate: decimal('25') },
      attributes: [],
      price: { net: decimal('400') },
    },
  ],
};

/** The same at another rate, with its sums. */
export function atRate(rate: string, vatAmount: bigint, terms: Partial<Invoice> = {}): Invoice {
  const vat = { code: 'S', rate: decimal(rate) };
  const grossAmount = 80_000n + vatAmount;
  return {
    ...paperInvoice,
    vatBreakdown: [{ ...vat, baseAmount: 80_000n, vatAmount }],
    totals: { ...paperInvoice.totals, vatAmount, grossAmount, payableAmount: grossAmount },
    lines: paperInvoice.lines.map((line) => ({ ...line, vat })),
    ...terms,
  };
}
