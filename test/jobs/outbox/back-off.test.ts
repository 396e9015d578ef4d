import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { backOffSeconds } from '#jobs/outbox/send-file.ts';

test.each([
  { attempt: 1, retry: 'soon', jitter: 0, seconds: 5 },
  { attempt: 2, retry: 'soon', jitter: 0, seconds: 10 },
  { attempt: 2, retry: 'soon', jitter: 0.5, seconds: 8 },
  { attempt: 7, retry: 'soon', jitter: 0, seconds: 300 },
  { attempt: 1, retry: 'later', jitter: 0, seconds: 60 },
  { attempt: 6, retry: 'later', jitter: 0, seconds: 1_920 },
  { attempt: 7, retry: 'later', jitter: 0, seconds: 3_600 },
  { attempt: 2_000, retry: 'later', jitter: 0, seconds: 3_600 },
  { attempt: 1, retry: 'later', reason: 'login-refused', jitter: 0, seconds: 900 },
  { attempt: 9, retry: 'later', reason: 'login-refused', jitter: 0, seconds: 14_400 },
] as const)('attempt $attempt, $retry $reason, jitter $jitter: $seconds s', ({ seconds, ...failed }) => {
  expect(backOffSeconds(failed)).toBe(seconds);
});

test('XO5: however often a login is refused, no more than four tries fall into an hour', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), { minLength: 4, maxLength: 4 }),
      (jitters) => {
        const waits = jitters.map((jitter, index) =>
          backOffSeconds({ attempt: index + 1, retry: 'later', reason: 'login-refused', jitter }),
        );
        expect(waits.reduce((sum, wait) => sum + wait, 0)).toBeGreaterThan(3_600);
      },
    ),
  );
});
