import type { Language } from '#engine/language.ts';
import type { ClaimedInvoice } from '#engine/store/letter-facts.ts';

const andMore: Readonly<Record<Language, string>> = { sv: 'm.m.', en: 'and more' };

/** What an invoice is for, precise enough to be recognised without looking it up (inkassolagen 5 §): its first lines and its period. */
export function groundOf({ lineNames, lineCount, periodStart, periodEnd }: ClaimedInvoice, language: Language): string {
  const names = [...new Set(lineNames)].join(', ');
  const lines = lineCount > lineNames.length ? `${names} ${andMore[language]}` : names;
  if (periodStart === null) return lines;
  const period = periodEnd === null || periodEnd === periodStart ? periodStart : `${periodStart} – ${periodEnd}`;
  return `${lines}, ${period}`;
}
