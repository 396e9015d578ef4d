import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from './temporary-folder.ts';
import type { ClaimedFile } from '#jobs/intake/folders.ts';
import { type InboxNotice, type StuckFile, type RoundSettings, newMemory, runRound } from '#jobs/intake/round.ts';
import type { QuarantinedFile } from '#jobs/intake/quarantine.ts';

export const SETTLE_MILLISECONDS = 1_000;
export const ALARM_MILLISECONDS = 60_000;

export interface InboxUnderTest {
  readonly home: string;
  readonly folder: string;
  readonly settings: RoundSettings;
  readonly claimed: ClaimedFile[];
  readonly quarantined: QuarantinedFile[];
  readonly notices: InboxNotice[];
  readonly stuck: StuckFile[];
  readonly errors: unknown[];
  /** Lets so much time pass, then looks once. */
  readonly lookAfter: (milliseconds: number) => Promise<void>;
  /** As long as a file at rest needs to be taken. */
  readonly settle: () => Promise<void>;
}

/** An inbox on a real disk with a clock of the test's own; rounds run when the test says. */
export async function newInboxUnderTest(
  folderOf = (home: string): string => join(home, 'inbox', 'grona-dalen'),
): Promise<InboxUnderTest> {
  const home = await temporaryFolder();
  const folder = folderOf(home);
  await mkdir(folder, { recursive: true });
  const time = { now: 0 };
  const seen = {
    claimed: [] as ClaimedFile[],
    quarantined: [] as QuarantinedFile[],
    notices: [] as InboxNotice[],
    stuck: [] as StuckFile[],
    errors: [] as unknown[],
  };
  let ids = 0;
  const settings: RoundSettings = {
    home,
    inbox: { client: 'grona-dalen', folder },
    clock: { wallMilliseconds: () => 1_800_000_000_000 + time.now, steadyMilliseconds: () => time.now },
    settleMilliseconds: SETTLE_MILLISECONDS,
    alarmMilliseconds: ALARM_MILLISECONDS,
    newClaimId: () => `claim-${(ids += 1).toString().padStart(4, '0')}`,
    signal: new AbortController().signal,
    onClaim: async (claim) => void seen.claimed.push(claim),
    onQuarantine: async (file) => void seen.quarantined.push(file),
    onNotice: async (notice) => void seen.notices.push(notice),
    onStuck: async (stuck) => void seen.stuck.push(stuck),
    onError: async (error) => void seen.errors.push(error),
  };
  const memory = newMemory();
  const lookAfter = async (milliseconds: number): Promise<void> => {
    time.now += milliseconds;
    await runRound(settings, memory);
  };
  const settle = async (): Promise<void> => {
    await lookAfter(1);
    await lookAfter(SETTLE_MILLISECONDS);
  };
  return { home, folder, settings, ...seen, lookAfter, settle };
}
