import type { Terms } from './world.ts';

/** The terms that the histories' clients have agreed; `client-yaml.ts` says the same to the engine. */
const common = {
  product: 'service',
  debtorClass: 'consumer',
  rate: 'statutory',
  graceBankDays: 2,
  collectionGraceBankDays: 4,
  tolerance: 10_00n,
  minimum: 100_00n,
} as const;
const reminder = { kind: 'reminder', daysAfterDue: 5, deadlineDays: 10, fee: 60_00n, compensation: 0n } as const;
const demand = { kind: 'demand', daysAfterDue: 21, deadlineDays: 10, fee: 180_00n, compensation: 0n } as const;
const handover = { ...demand, kind: 'handover', fee: 0n } as const;
const assessment = { kind: 'assessment', daysAfterDue: 33, deadlineDays: 0, fee: 0n, compensation: 0n } as const;
/** A company owes the compensation instead of fees (1981:739 4 a §). */
const compensated = { fee: 0n, compensation: 450_00n };

const allTerms = {
  consumer: { ...common, timetable: [reminder, demand, assessment] },
  handover: { ...common, timetable: [reminder, handover, assessment] },
  business: {
    ...common,
    debtorClass: 'business',
    rate: { hundredths: 1200n },
    timetable: [{ ...reminder, ...compensated }, { ...demand, ...compensated }, assessment],
  },
  purchase: {
    ...common,
    product: 'purchase',
    debtorClass: 'business',
    timetable: [{ ...reminder, ...compensated }, { ...demand, ...compensated }, assessment],
  },
} as const satisfies Readonly<Record<string, Terms>>;

export type TermsName = keyof typeof allTerms;
export const termsNames = ['consumer', 'handover', 'business', 'purchase'] as const satisfies readonly TermsName[];

export const termsOf = (name: TermsName): Terms => allTerms[name];
