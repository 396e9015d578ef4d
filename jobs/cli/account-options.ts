/** Options of lists of a client's accounts. */
export const accountOptions = {
  client: { type: 'string', demandOption: true, describe: 'Whose ledger' },
  'as-of': { type: 'string', describe: 'As it was at the end of this date (YYYY-MM-DD); today if absent' },
  csv: { type: 'boolean', default: false, describe: 'Print CSV for a spreadsheet instead of tables' },
} as const;
