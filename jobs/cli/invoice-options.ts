import type { CommonArguments } from './house-options.ts';
import type { PersonArguments } from './person-options.ts';

export interface InvoiceArguments extends CommonArguments {
  readonly number: string;
  readonly client: string;
}

export type InvoiceActArguments = InvoiceArguments & PersonArguments;

/** Options of every command about one invoice. */
export const invoiceOptions = {
  client: { type: 'string', demandOption: true, describe: 'Whose invoice it is' },
} as const;

export const invoiceNumber = { type: 'string', demandOption: true, describe: 'The invoice’s number' } as const;
