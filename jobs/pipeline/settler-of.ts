import type { Sender } from '#engine/sender.ts';
import { formatSent } from '#engine/sockets/format.ts';
import type { Tx } from '#engine/store/database.ts';
import { settleBankFile } from '../bank/settle-bank-file.ts';
import type { House } from '../house.ts';
import { settlePaymentStatus } from '../payout/settle-payment-status.ts';
import { settleAgencyReceipt } from './settle-agency-receipt.ts';
import { settlePrintStatus } from './settle-print-status.ts';
import type { FileToSettle } from './settlers.ts';

/** Takes in a file of a sender that is no client, by what its format reads; one folder may get several kinds of files. */
export async function settleReport(
  house: House,
  tx: Tx,
  sender: Sender,
  received: FileToSettle,
): Promise<'booked' | 'rejected' | 'held'> {
  const reader = formatSent(house.config.parts, sender, await headOf(received.bytes()));
  switch (reader.of) {
    case 'bank-reports':
      return settleBankFile(house, tx, { ...received, read: reader.read });
    case 'payment-statuses':
      return settlePaymentStatus(house, tx, { ...received, read: reader.read });
    case 'piece-reports':
      return settlePrintStatus(house, tx, { ...received, read: reader.read });
    case 'agency-answers':
      return settleAgencyReceipt(house, tx, { ...received, read: reader.read });
  }
}

/** Enough of a file to hold the opening of its document. */
const HEAD_BYTES = 4096;

/** As bytes of one character each: the names looked for are ASCII in every encoding the house reads. */
async function headOf(bytes: AsyncIterable<Uint8Array>): Promise<string> {
  let head = '';
  for await (const chunk of bytes) {
    head += Buffer.from(chunk.subarray(0, HEAD_BYTES - head.length)).toString('latin1');
    if (head.length >= HEAD_BYTES) break;
  }
  return head;
}
