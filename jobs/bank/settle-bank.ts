import type { Settler } from '../pipeline/settlers.ts';
import { settlePaymentStatus } from '../payout/settle-payment-status.ts';
import { settleBankFile } from './settle-bank-file.ts';

/** Enough of a file to hold the opening of its document. */
const HEAD_BYTES = 4096;
const STATUS_REPORT = /pain\.002|<(?:\w+:)?CstmrPmtStsRpt/;

/** The bank sends two kinds of files into one folder: what happened on the accounts, and what became of our payment files (pain.002). */
export const settleFromBank: Settler = async (house, transaction, received) =>
  STATUS_REPORT.test(await headOf(received.bytes()))
    ? settlePaymentStatus(house, transaction, received)
    : settleBankFile(house, transaction, received);

/** As bytes of one character each: the names looked for are ASCII in every encoding the house reads. */
async function headOf(bytes: AsyncIterable<Uint8Array>): Promise<string> {
  let head = '';
  for await (const chunk of bytes) {
    head += Buffer.from(chunk.subarray(0, HEAD_BYTES - head.length)).toString('latin1');
    if (head.length >= HEAD_BYTES) break;
  }
  return head;
}
