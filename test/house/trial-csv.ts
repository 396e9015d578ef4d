/** One row of the test clients' file: what a case cares about; the rest is in order. */
export type TrialRow = Partial<Record<(typeof columns)[number], string>>;

const columns = [
  'Number',
  'Kind',
  'Issued',
  'Due',
  'Mode',
  'Channel',
  'Reference',
  'Credits',
  'Debtor',
  'Name',
  'Company',
  'Endpoint',
  'Their reference',
  'Street',
  'Postcode',
  'City',
  'Item',
  'Quantity',
  'Price',
  'VAT',
  'Payable',
] as const;

/** One hour at 1,000.00 and 25 % VAT: 1,250.00 to pay. */
const inOrder: TrialRow = {
  Issued: '2026-11-20',
  Debtor: 'D1',
  Name: 'Skenfirman AB',
  Street: 'Påhittade gatan 1',
  Postcode: '100 10',
  City: 'Stenstad',
  Item: 'Rådgivning',
  Quantity: '1',
  Price: '1000,00',
  VAT: '25',
  Payable: '1250,00',
};

/** A file of the clients `provet` and `provhus`: headings and one row per invoice line. */
export const trialCsv = (...rows: readonly TrialRow[]): string => [TRIAL_HEADINGS, ...rows.map(trialRow), ''].join('\r\n');

export const TRIAL_HEADINGS = columns.join(';');

export const trialRow = (row: TrialRow): string => {
  const cells = { ...inOrder, ...row };
  return columns.map((column) => cells[column] ?? '').join(';');
};
