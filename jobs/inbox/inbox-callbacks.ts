import type { OperatingError } from '#engine/operating-error.ts';
import type { ClaimedFile } from './claimed-file.ts';
import type { QuarantinedFile } from './quarantine-file.ts';
import type { Inbox, NotAFile } from './scan-inbox.ts';

/** Time as the inbox needs it; both in milliseconds. */
export interface InboxClock {
  /** Since 1970, for what is written down. */
  readonly wallMilliseconds: () => number;
  /** Since any moment, never set back or forward (XM1), for what is waited for. */
  readonly steadyMilliseconds: () => number;
}

/** Something odd lies in an inbox and stays there untouched. */
export type InboxNotice =
  | { readonly kind: NotAFile; readonly inbox: Inbox; readonly escapedName: string }
  | { readonly kind: 'too-many-entries'; readonly inbox: Inbox };

/** A file that does not come to rest, keeps a temporary name, or is held open for writing: an upload that broke off (XU1). */
export interface StuckFile {
  readonly inbox: Inbox;
  readonly escapedName: string;
  readonly bytes: number;
  readonly waitedMilliseconds: number;
}

/** What the watcher tells. Of one inbox's callbacks only one runs at a time, and its next file waits for it; other inboxes go on. */
export interface InboxCallbacks {
  /** If it throws, `onError` hears of it and the file stays claimed for `listClaims`. */
  readonly onClaim: (claim: ClaimedFile) => Promise<void>;
  readonly onQuarantine: (file: QuarantinedFile) => Promise<void>;
  /** Once per odd thing. */
  readonly onNotice: (notice: InboxNotice) => Promise<void>;
  /** Once per file. */
  readonly onStuck: (stuck: StuckFile) => Promise<void>;
  /** Once per incident: again only after a round without it. */
  readonly onError: (error: OperatingError, inbox: Inbox) => Promise<void>;
}
