import type { Sender } from '#engine/sender.ts';
import { settleFromBank } from '../bank/settle-bank.ts';
import { settleAgencyReceipt } from './settle-agency-receipt.ts';
import { settlePrintStatus } from './settle-print-status.ts';
import type { Settler } from './settlers.ts';

/** Who reads the files of each sender. */
const settlers: Readonly<Record<Sender, Settler>> = {
  bank: settleFromBank,
  'print-house': settlePrintStatus,
  'collection-agency': settleAgencyReceipt,
};

export const settlerOf = (sender: Sender): Settler => settlers[sender];
