import { fileTexts } from './sv/files.ts';
import { csvTexts } from './sv/csv.ts';
import { invoiceTexts } from './sv/invoices.ts';
import { bankTexts } from './sv/bank.ts';
import { orderTexts } from './sv/orders.ts';

/** Every text of the catalogue in Swedish. */
export const sv = { ...fileTexts, ...csvTexts, ...invoiceTexts, ...bankTexts, ...orderTexts };
