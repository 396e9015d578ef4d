import { sweden } from '#engine/countries/se/sweden.ts';
import { letterLaw, type Demand, type DemandClaim } from '#engine/claims/demand.ts';
import { decimal } from '#engine/decimal.ts';
import { addDays, isoDate } from '#engine/iso-date.ts';
import { sumOfComponents } from '#engine/amounts.ts';
import type { LetterOf } from '#engine/letter.ts';
import { sum } from '#engine/money.ts';
import { invoice, letter } from './sample-letters.ts';

/** An unpaid water bill of 1 250 kronor, 14 days late: 10 % on 1 250 kr for 14 of 365 days are 4,79 kr. */
export function claim(changes: Partial<DemandClaim> = {}): DemandClaim {
  return {
    invoiceNumber: '10023182',
    issueDate: isoDate('2026-09-01'),
    dueDate: isoDate('2026-10-01'),
    ground: 'vatten och avlopp 2026-07-01 – 2026-09-30, Testgatan 12',
    originalAmount: 125_000n,
    principalAmount: 125_000n,
    interestAmount: 479n,
    interest: {
      rate: decimal('10'),
      basis: 'statutory',
      from: isoDate('2026-10-02'),
      to: isoDate('2026-10-15'),
      baseAmount: 125_000n,
    },
    reminderFeeAmount: 6_000n,
    collectionFeeAmount: 0n,
    compensationAmount: 0n,
    ...changes,
  };
}

/** A reminder of a water association, written by a bureau without a licence; what is to be paid follows from its claims. */
export function demand(changes: Partial<Demand> = {}): Demand {
  const claims = changes.claims ?? [claim()];
  return {
    kind: 'reminder',
    number: 'P100017',
    date: isoDate('2026-10-15'),
    language: 'sv',
    creditor: invoice().seller,
    agent: {
      name: 'Fiktiva Utskriftshuset AB',
      organisationNumber: '5599990008',
      address: { line1: 'Påhittade vägen 1', postcode: '100 01', city: 'Stenstad', country: 'SE' },
      telephone: '010-000 00 01',
      email: 'reskontra@utskriftshuset.example.se',
      licensed: false,
    },
    debtor: {
      number: '40127',
      name: 'Ingrid Exempelsson',
      class: 'consumer',
      address: { line1: 'Testgatan 12 lgh 1101', postcode: '471 34', city: 'Åsboda', country: 'SE' },
    },
    currency: 'SEK',
    claims,
    payableAmount: sum(claims.map(sumOfComponents)),
    deadline: isoDate('2026-10-26'),
    account: { id: '9912346', branch: 'SE:BANKGIRO' },
    paymentReference: '1002318234',
    nextStep: 'handover',
    handoverTo: 'Påhittad Inkasso AB',
    ...changes,
  };
}

export const demandLetter = (content: Demand = demand(), changes: Partial<LetterOf<Demand>> = {}): LetterOf<Demand> => ({
  ...letter(),
  documentId: 'demand-0001',
  law: letterLaw(sweden, content),
  ...changes,
  content,
  language: content.language,
});

/** Claims of many months, each with numbers and amounts of its own. */
export const manyClaims = (count: number): DemandClaim[] =>
  Array.from({ length: count }, (_, index) =>
    claim({
      invoiceNumber: String(10_023_182 + index * 37),
      issueDate: addDays(isoDate('2023-01-01'), index * 30),
      dueDate: addDays(isoDate('2023-01-31'), index * 30),
      ground: `vatten och avlopp, period ${index + 1}, Testgatan 12`,
      originalAmount: 125_000n + BigInt(index) * 1_733n,
      principalAmount: 125_000n + BigInt(index) * 733n,
      interestAmount: 479n + BigInt(index),
      reminderFeeAmount: index === 0 ? 6_000n : 0n,
    }),
  );

/** A collection demand of a licensed bureau: everything that reference/collection-rules.md §2.3 asks for. */
export const collectionDemand = (changes: Partial<Demand> = {}): Demand =>
  demand({
    kind: 'demand',
    number: 'K100003',
    claims: [claim({ collectionFeeAmount: 18_000n, interestAmount: 959n })],
    agent: { ...demand().agent, licensed: true },
    nextStep: 'legal',
    ...changes,
  });

/** A reminder to a company: the fixed compensation of 450 kronor instead of any fee. */
export const businessReminder = (changes: Partial<Demand> = {}): Demand =>
  demand({
    claims: [claim({ ground: 'konsultarvode september 2026', reminderFeeAmount: 0n, compensationAmount: 45_000n })],
    debtor: {
      number: '7001',
      name: 'Exempelbolaget i Åsboda AB',
      class: 'business',
      address: { line1: 'Provgatan 3', postcode: '471 12', city: 'Åsboda', country: 'SE' },
    },
    ...changes,
  });
