import { fileTexts } from './en/files.ts';
import { csvTexts } from './en/csv.ts';
import { invoiceTexts } from './en/invoices.ts';
import { bankTexts } from './en/bank.ts';
import { orderTexts } from './en/orders.ts';

/** Every text of the catalogue in English. */
export const en = { ...fileTexts, ...csvTexts, ...invoiceTexts, ...bankTexts, ...orderTexts };
