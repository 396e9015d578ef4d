import type { PaymentAccount } from '#engine/invoice.ts';
import { invoicedScheme, type WithAccounts } from '#engine/sockets/account-scheme.ts';
import { swedishSlip } from './se/slip.ts';
import { usingQr } from './se/bankgiro-slip.ts';
import type { CodedPayment, PaymentCode, Slip, SlipPayment } from './slip.ts';

/** Slips and codes by the ids under which account schemes name them. */
const slips: Readonly<Record<string, Slip>> = { 'se-slip': swedishSlip };
const codes: Readonly<Record<string, PaymentCode>> = { 'using-qr': usingQr };

/** The slip of an account, where its scheme has one. */
export function slipOf(parts: WithAccounts, account: PaymentAccount): Slip | undefined {
  const id = invoicedScheme(parts, account)?.slip;
  return id === undefined ? undefined : slips[id];
}

/** The text of the code for bank apps, or undefined where the account's scheme has none or the code cannot ask for the payment. */
export function paymentCodeOf(parts: WithAccounts, payment: CodedPayment): string | undefined {
  const scheme = invoicedScheme(parts, payment.account);
  const code = scheme?.code === undefined ? undefined : codes[scheme.code];
  return scheme && code?.(payment, scheme);
}

/** What the machine-read line of any slip asks for; null for anything else. */
export function readSlipLine(text: string): SlipPayment | null {
  for (const { readLine } of Object.values(slips)) {
    const read = readLine(text);
    if (read !== null) return read;
  }
  return null;
}
