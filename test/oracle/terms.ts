import type { Terms } from './world.ts';

/** The terms that the histories' clients have agreed; `client-yaml.ts` says the same to the engine. */
const common = { product: 'service', rate: 'statutory', graceBankDays: 2, tolerance: 10_00n } as const;

export const consumerTerms: Terms = {
  ...common,
  debtorClass: 'consumer',
  timetable: [
    { kind: 'reminder', daysAfterDue: 5, deadlineDays: 10, fee: 60_00n, compensation: 0n },
    { kind: 'demand', daysAfterDue: 21, deadlineDays: 10, fee: 180_00n, compensation: 0n },
  ],
};

/** A company owes the compensation instead of fees (1981:739 4 a §). */
export const businessTerms: Terms = {
  ...common,
  debtorClass: 'business',
  rate: { hundredths: 1200n },
  timetable: [
    { kind: 'reminder', daysAfterDue: 5, deadlineDays: 10, fee: 0n, compensation: 450_00n },
    { kind: 'demand', daysAfterDue: 21, deadlineDays: 10, fee: 0n, compensation: 0n },
  ],
};

export const termsOf = ({ terms }: { readonly terms: Terms['debtorClass'] }): Terms => (terms === 'consumer' ? consumerTerms : businessTerms);
