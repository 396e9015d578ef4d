import { z } from 'zod';
import type { Bureau } from '../house-config.ts';
import { country, field, text, yesNo } from './fields.ts';
import { address, contact, language } from './party-schema.ts';

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
