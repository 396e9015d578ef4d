import { z } from 'zod';
import type { Bureau, Schedules, Limits } from '../house-config.ts';
import { country, field, text, yesNo, date, iban, id, pattern, millimetres, wholeNumber } from './fields.ts';
import { address, contact, language } from './party-schema.ts';
import type { PaymentFileTerms } from '#engine/bank-account.ts';
import { currencies } from '#engine/money.ts';
import type { WithAccounts } from '#engine/sockets/account-scheme.ts';
import { alsoNamed, alsoNamedShape, receivedNumber } from './account-schema.ts';
import type { PrintProfile } from '#engine/print-profile.ts';

const timeZone = field(
  (given) => (isTimeZone(given) ? given : null),
  (given) => ({ message: `"${given}" is no time zone.`, hint: 'Write a name such as Europe/Stockholm.' }),
);

/** `bureau.yaml` */
export const bureauSchema: z.ZodType<Bureau> = z.strictObject({
  name: text(100),
  /** Its country reads both numbers (`checkBureau`). */
  organisationNumber: text(40),
  vatNumber: text(40),
  timeZone,
  language,
  address,
  contact,
  licences: z.record(country, yesNo),
  collectionAgency: z.exactOptional(text(100)),
});

function isTimeZone(name: string): boolean {
  // Offsets such as +02:00 are accepted by Intl but know no summer time.
  if (!/^[A-Z][A-Za-z_]+(?:\/[A-Za-z_+-]+)+$/.test(name)) return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

const kind = z.enum(['notification', 'statement']);

/** `bank-accounts.yaml` */
export const bankAccountsSchema = (parts: WithAccounts) => z.strictObject({ accounts: z.array(account(parts)) });

const account = (parts: WithAccounts) =>
  z
    .strictObject({
      id,
      holder: z.enum(['client-funds', 'own']),
      iban,
      bban: z.exactOptional(pattern(/^\d{5,30}$/, 'account number of the country', '"99999900011", in quotes')),
      bic: pattern(/^[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?$/, 'BIC', 'FIKTSESS'),
      currency: z.enum(currencies),
      postingSource: kind,
      informationIsBooked: yesNo,
      giros: z.array(receivedNumber(parts)),
      expects: z.exactOptional(z.strictObject({ every: z.enum(['bank-day']), kind, from: date })),
      paymentFile: z.exactOptional(paymentFile(parts)),
    })
    .transform(({ expects, ...rest }) => ({
      ...rest,
      ...(expects === undefined ? {} : { expects: { kind: expects.kind, from: expects.from } }),
    }));

const paymentFile = (parts: WithAccounts) =>
  z
    .strictObject({
      ...alsoNamedShape(parts),
      version: z.enum(['03', '09']),
      agreementId: pattern(/^[A-Za-z0-9-]{1,35}$/, 'agreement id', '"5599990008", in quotes'),
      scheme: z.enum(['BANK', 'CUST']),
    })
    .transform(({ version, agreementId, scheme, ...rest }): PaymentFileTerms => ({
      version,
      agreementId,
      scheme,
      alsoNamed: alsoNamed(parts, rest),
    }));

/** A4, the only sheet (reference/print.md §1.1). */
const SHEET_WIDTH_MM = 210;
const SHEET_HEIGHT_MM = 297;
/** The largest envelope is B4, 250 × 353. */
const MAX_ENVELOPE_MM = 360;

const margin = millimetres({ from: 0, to: 60 });
const x = millimetres({ from: 0, to: SHEET_WIDTH_MM });
const y = millimetres({ from: 0, to: SHEET_HEIGHT_MM });
const length = millimetres({ from: 1, to: MAX_ENVELOPE_MM });
const milligrams = wholeNumber({ from: 1, to: 1_000_000, unit: 'milligrams' });

const envelope = z.strictObject({
  code: pattern(/^[A-Z0-9]{1,8}$/, 'envelope code', 'C5'),
  widthMm: length,
  heightMm: length,
  foldedWidthMm: length,
  foldedHeightMm: length,
  window: z.strictObject({ xMm: length, yMm: length, widthMm: length, heightMm: length }),
  maxSheets: wholeNumber({ from: 1, to: 200, unit: 'sheets' }),
  milligrams,
  postage: text(20),
});

/** `printers/<id>.yaml`; the id is the file's name. */
export const printerSchema: z.ZodType<Omit<PrintProfile, 'id'>> = z.strictObject({
  title: text(100),
  duplex: yesNo,
  colour: yesNo,
  sheetMilligrams: milligrams,
  envelopes: z.array(envelope).min(1),
  margins: z.strictObject({ leftMm: margin, rightMm: margin, topMm: margin, bottomMm: margin }),
  controlMark: z.strictObject({ xMm: x, yMm: y, moduleMm: millimetres({ from: 0.2, to: 2 }), freeToXMm: x }),
  maxSheetsPerVolume: wholeNumber({ from: 1, to: 100_000, unit: 'sheets' }),
});

const remote = {
  host: pattern(/^[A-Za-z0-9](?:[A-Za-z0-9.:-]{0,251}[A-Za-z0-9])?$/, 'host name or address', 'sftp.example.com'),
  port: wholeNumber({ from: 1, to: 65_535, unit: 'a port' }),
  user: pattern(/^[A-Za-z0-9._@-]{1,64}$/, 'user name', 'kuvert'),
  hostKeySha256: pattern(
    /^SHA256:[A-Za-z0-9+/]{43}$/,
    'fingerprint of a host key',
    'SHA256: and 43 characters, as `ssh-keyscan -p PORT HOST | ssh-keygen -lf -` shows it',
  ),
  privateKeyFile: pattern(/^[^\p{Cc}]{1,255}$/u, 'path of a key file', 'keys/print-house, beside this file or absolute'),
  passphraseVariable: z.exactOptional(
    pattern(/^[A-Z][A-Z0-9_]{0,63}$/, 'name of an environment variable', 'PRINT_HOUSE_PASSPHRASE'),
  ),
  folder: pattern(/^(?!-)[^\p{Cc}\\]{1,255}$/u, 'remote folder', '/in or in'),
  timeoutSeconds: wholeNumber({ from: 5, to: 3600, unit: 'seconds' }),
};

const receiver = { ...remote, marker: yesNo };

/** `remotes.yaml` */
export const remotesSchema = z.strictObject({
  printHouse: z.exactOptional(z.strictObject(receiver)),
  accessPoint: z.exactOptional(z.strictObject(receiver)),
  bank: z.exactOptional(z.strictObject(receiver)),
  collectionAgency: z.exactOptional(z.strictObject(receiver)),
  deliveries: z.array(z.strictObject({ client: id, ...receiver })),
  inboxes: z.array(
    z.strictObject({ client: id, ...remote, intervalSeconds: wholeNumber({ from: 10, to: 86_400, unit: 'seconds' }) }),
  ),
});

const seconds = wholeNumber({ from: 1, to: 3600, unit: 'seconds' });
const timeOfDay = pattern(/^(?:[01]\d|2[0-3]):[0-5]\d$/, 'time of day', '"14:30"');

/** `schedules.yaml` */
export const schedulesSchema: z.ZodType<Schedules> = z.strictObject({
  inboxScanSeconds: seconds,
  sweepSeconds: seconds,
  runs: z.strictObject({
    reminder: z.exactOptional(timeOfDay),
    collection: z.exactOptional(timeOfDay),
    payout: z.exactOptional(timeOfDay),
  }),
  spools: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('immediate') }),
    z.strictObject({ kind: z.literal('cut-off'), times: z.array(timeOfDay).min(1) }),
  ]),
});

/** Ten gigabytes; a larger file is divided by its sender (fault XU9). */
const MAX_FILE_BYTES = 10 * 1024 ** 3;

const minutes = wholeNumber({ from: 1, to: 1440, unit: 'minutes' });

/** `limits.yaml` */
export const limitsSchema: z.ZodType<Limits> = z.strictObject({
  maxFileBytes: wholeNumber({ from: 1024, to: MAX_FILE_BYTES, unit: 'bytes' }),
  maxDocumentsPerFile: wholeNumber({ from: 1, to: 1_000_000, unit: 'documents' }),
  stabilitySeconds: wholeNumber({ from: 1, to: 600, unit: 'seconds' }),
  unstableAlarmMinutes: minutes,
  receiptAlarmMinutes: minutes,
  dispatchAlarmDays: wholeNumber({ from: 1, to: 60, unit: 'days' }),
  maxFindingsPerReceipt: wholeNumber({ from: 10, to: 100_000, unit: 'findings' }),
});
