import type { Settlement } from '#engine/settlement/statement.ts';
import type { Tx } from '#engine/store/database.ts';
import { writeSettlementCsv } from '#formats/settlement/write-settlement-csv.ts';
import { renderSettlementPdf } from '#layouts/spool/render-settlement.ts';
import type { House } from '../house.ts';
import { stageOutgoing } from '../pipeline/outgoing.ts';
import { remoteFor } from '../pipeline/remotes.ts';

/** The client’s copy of a settlement, as PDF for people and as CSV for its accounting, staged for its out-folder. */
export async function stageStatement(house: House, tx: Tx, client: string, settlement: Settlement): Promise<void> {
  const stem = `clients/${client}/${settlement.date}-settlement-${settlement.number}`;
  const remote = remoteFor(house.config, 'settlement', client);
  const outgoing = { kind: 'settlement', client, file: null, remote } as const;
  await stageOutgoing(house, tx, { ...outgoing, name: `${stem}.pdf` }, await renderSettlementPdf(settlement, house.config.parts));
  await stageOutgoing(house, tx, { ...outgoing, name: `${stem}.csv` }, writeSettlementCsv(settlement));
}
