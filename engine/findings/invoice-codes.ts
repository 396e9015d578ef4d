import { invoiceLineCodes } from './invoice-line-codes.ts';
import { invoiceNetworkCodes } from './invoice-network-codes.ts';
import { invoicePartyCodes } from './invoice-party-codes.ts';
import { invoiceVatCodes } from './invoice-vat-codes.ts';

/**
 * Findings about the content of invoices, by outside rules. One code may serve a family of rules: the finding's own `rule` names the one
 * that was broken.
 */
export const invoiceCodes = { ...invoiceLineCodes, ...invoiceVatCodes, ...invoicePartyCodes, ...invoiceNetworkCodes } as const;
