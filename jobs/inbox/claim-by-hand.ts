import { OperatingError } from '#engine/operating-error.ts';
import { claimFile } from './claim-file.ts';
import type { ClaimResult } from './promote-claim.ts';
import { scanInbox } from './scan-inbox.ts';

/** Claims the one file in a folder that nobody else writes to, by the same rules of name and kind as an inbox. */
export async function claimByHand(claim: {
  readonly home: string;
  readonly client: string;
  readonly folder: string;
  readonly claimId: string;
  readonly nowMilliseconds: number;
}): Promise<Extract<ClaimResult, { kind: 'claimed' | 'quarantined' }>> {
  const { entries } = await scanInbox(claim.folder);
  const [entry] = entries;
  const inbox = { client: claim.client, folder: claim.folder };
  const result = entry ? await claimFile({ ...claim, inbox, entry }) : { kind: 'gone' as const };
  if (result.kind === 'claimed' || result.kind === 'quarantined') return result;
  throw new OperatingError({
    problem: `The file in ${claim.folder} was changed while it was being taken.`,
    fix: 'Wait until it is whole and try again.',
    retry: 'soon',
  });
}
