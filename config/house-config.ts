import type { Client, ClientId, LetterTerms } from '#engine/agreement.ts';
import type { BankAccount } from '#engine/bank-account.ts';
import type { Address, Contact } from '#engine/invoice.ts';
import type { Language } from '#engine/language.ts';
import type { Logo, LetterStyle } from '#engine/letter.ts';
import type { PrintProfile } from '#engine/print-profile.ts';
import type { Parts } from '#engine/sockets/parts.ts';

/** Everything that is configured in one house, checked and with all files it names read. Plain values but for the parts. */
export interface HouseConfig {
  readonly bureau: Bureau;
  readonly clients: ReadonlyMap<ClientId, Client>;
  /** Logos by file name in the clients' folder; `letterStyle` finds the one of an agreement. */
  readonly logos: ReadonlyMap<string, Logo>;
  readonly printers: ReadonlyMap<string, PrintProfile>;
  /** By id. */
  readonly bankAccounts: ReadonlyMap<string, BankAccount>;
  readonly remotes: Remotes;
  readonly schedules: Schedules;
  readonly limits: Limits;
  /** What is plugged in; whoever has the configuration has them. A worker thread imports `parts.module`. */
  readonly parts: Parts;
}

/** The house itself (`bureau.yaml`). */
export interface Bureau {
  readonly name: string;
  /** Ten digits without hyphen. */
  readonly organisationNumber: string;
  /** Stands on the settlements, which are its invoices to the clients (ML 17:24). */
  readonly vatNumber: string;
  /** Business dates and cut-off times are counted here: `Europe/Stockholm`. */
  readonly timeZone: string;
  /** Of receipts and reports to clients whose agreement is not known, and of operators' messages. */
  readonly language: Language;
  readonly address: Address;
  readonly contact: Contact;
  /** By country: the house may collect for others there (rule X-06). A country that is not named: it may not. */
  readonly licences: Readonly<Record<string, boolean>>;
  /** Whom claims are handed over to, by name, as letters announce it (reference/collection-rules.md §2.6); absent: it is not announced. */
  readonly collectionAgency?: string;
}

/** The servers the house speaks with (`remotes.yaml`). What is absent is left in the house's own out-folders. */
export interface Remotes {
  /** Takes print jobs. */
  readonly printHouse?: Receiver;
  /** Takes e-invoices. */
  readonly accessPoint?: Receiver;
  /** Takes payment files. */
  readonly bank?: Receiver;
  /** Takes cases handed over. */
  readonly collectionAgency?: Receiver;
  /** Clients that want their receipts, settlements and reports put on a server of their own. */
  readonly deliveries: ReadonlyMap<ClientId, Receiver>;
  /** Servers on which clients leave files for the house to fetch. */
  readonly inboxes: readonly RemoteInbox[];
}

/** A folder on an SFTP server. Secrets are never part of the configuration, only where they are. */
export interface Remote {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  /** `SHA256:…` of the server's key as `ssh-keyscan | ssh-keygen -lf -` shows it; another key stops the transfer (fault XO4). */
  readonly hostKeySha256: string;
  /** Absolute path. */
  readonly privateKeyFile: string;
  /** Name of the environment variable with the key's passphrase. */
  readonly passphraseVariable?: string;
  readonly folder: string;
  /** A transfer that makes no progress for so long is given up and tried again. */
  readonly timeoutSeconds: number;
}

/** A server that files are put on. */
export interface Receiver extends Remote {
  /** A file `<name>.ok` follows each file: who fetches takes none before it is there (fault XO2). */
  readonly marker: boolean;
}

export interface RemoteInbox extends Remote {
  readonly client: ClientId;
  readonly intervalSeconds: number;
}

/** When recurring work is done (`schedules.yaml`); times are in the bureau's time zone. */
export interface Schedules {
  readonly inboxScanSeconds: number;
  /** How often the tables are asked whether anything waits that no queue remembers, such as a transfer to be tried again. */
  readonly sweepSeconds: number;
  /** When each kind of run starts by itself on bank days; a kind without a time is started by command only. */
  readonly runs: Readonly<Partial<Record<'reminder' | 'collection' | 'payout', TimeOfDay>>>;
  /** `immediate`: a job as soon as letters are ready; `cut-off`: at the given times of day, in order. */
  readonly spools: { readonly kind: 'immediate' } | { readonly kind: 'cut-off'; readonly times: readonly TimeOfDay[] };
}

/** `14:30` */
type TimeOfDay = string;

/** What is accepted and how long things may take (`limits.yaml`). */
export interface Limits {
  readonly maxFileBytes: number;
  readonly maxDocumentsPerFile: number;
  /** A file is taken when its size and time have not changed for so long. */
  readonly stabilitySeconds: number;
  /** A file that is still growing after so long raises an alarm (fault XU1). */
  readonly unstableAlarmMinutes: number;
  /** A file without a receipt after so long raises an alarm (F11). */
  readonly receiptAlarmMinutes: number;
  /** Days after its release that a letter's dispatch should be confirmed by; then it alarms (ID4). */
  readonly dispatchAlarmDays: number;
  /** Findings written out in a receipt; further ones are counted. */
  readonly maxFindingsPerReceipt: number;
}

/** The letter terms of an agreement with the logo read; a logo that is named is always there, since the configuration was checked. */
export function letterStyle({ logos }: Pick<HouseConfig, 'logos'>, letter: LetterTerms): LetterStyle {
  const { layout, layoutVersion, accentColour, paymentSlip, paymentQr, greeting } = letter;
  const logo = letter.logo === undefined ? undefined : logos.get(letter.logo);
  return {
    layout,
    layoutVersion,
    accentColour,
    paymentSlip,
    paymentQr,
    ...(greeting === undefined ? {} : { greeting }),
    ...(logo === undefined ? {} : { logo }),
  };
}
