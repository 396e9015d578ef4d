import { textAt, type MessagePart } from './message-part.ts';
import { parseIsoDate, type IsoDate } from '#engine/iso-date.ts';

/**
 * The date part as written: time and zone are cut off and never converted, since conversion moves payments to the day before
 * (reference/iso20022.md §4). Undefined where no day stands there.
 */
export function dateAsWritten(text: string | undefined): IsoDate | undefined {
  return text === undefined ? undefined : (parseIsoDate(text.slice(0, 10)) ?? undefined);
}

/** Reads a choice of `Dt` and `DtTm`. */
export const readDateChoice = (part: MessagePart | undefined): IsoDate | undefined =>
  dateAsWritten(textAt(part, 'Dt') ?? textAt(part, 'DtTm'));
