import { describe, expect, test } from 'vitest';
import { sweden } from '#engine/countries/se/sweden.ts';
import { isoDate } from '#engine/iso-date.ts';
import { interestStart, type InterestStartQuestion } from '#engine/claims/interest-rates.ts';

const dueDate = isoDate('2026-10-01');
const claim = { dueDate, dueDateAgreed: false, debtorClass: 'business' as const };

describe('the first interest day (reference/collection-rules.md §7.3)', () => {
  test.each<readonly [string, InterestStartQuestion, string | undefined]>([
    ['the day after an agreed due date', { ...claim, dueDateAgreed: true }, '2026-10-02'],
    ['the same for a consumer', { ...claim, dueDateAgreed: true, debtorClass: 'consumer' }, '2026-10-02'],
    // 11 September + 30 = 11 October
    ['after thirty days if it was not agreed', { ...claim, dispatchDate: isoDate('2026-09-11') }, '2026-10-12'],
    // 1 August + 30 = 31 August, before the printed date
    ['never before the printed date', { ...claim, dispatchDate: isoDate('2026-08-01') }, '2026-10-02'],
    ['not while dispatch is not confirmed', claim, undefined],
    [
      'for a consumer from the document that says so',
      { ...claim, debtorClass: 'consumer', dispatchDate: isoDate('2026-08-01'), interestNoticeDate: isoDate('2026-10-06') },
      '2026-11-06',
    ],
    [
      'not for a consumer who was not told',
      { ...claim, debtorClass: 'consumer', dispatchDate: isoDate('2026-08-01') },
      undefined,
    ],
    [
      'also for a public body that was not told',
      { ...claim, debtorClass: 'public', dispatchDate: isoDate('2026-09-11') },
      '2026-10-12',
    ],
  ])('%s', (_name, question, expected) => expect(interestStart(question, sweden)).toBe(expected));
});
