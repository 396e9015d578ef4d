import { describe, expect, test } from 'vitest';
import { sweden } from '#engine/countries/se/sweden.ts';
import { decimal } from '#engine/decimal.ts';
import { type Demand, demandProblems, letterLaw, type DemandProblem } from '#engine/claims/demand.ts';
import { isoDate } from '#engine/iso-date.ts';
import { businessReminder, claim, collectionDemand, demand } from '../layouts/sample-demands.ts';

const problemsOf = (item: Demand): readonly DemandProblem[] => demandProblems(item, letterLaw(sweden, item));
const rulesOf = (item: Demand): readonly string[] => problemsOf(item).map(({ rule }) => rule);

describe('a demand that may go out', () => {
  test.each([
    ['a reminder', demand()],
    ['a reminder to a company', businessReminder()],
    ['a collection demand of a licensed bureau', collectionDemand()],
    ['one for an assigned claim', collectionDemand({ assignedFrom: 'Påhittad Handel AB' })],
    ['one that goes no further', demand({ nextStep: 'none' })],
  ])('%s', (_name, item) => expect(problemsOf(item)).toEqual([]));
});

describe('a demand that lacks an item of §2.3 is refused with X-05', () => {
  const blank = collectionDemand();
  test.each<[string, Demand]>([
    ['its number', collectionDemand({ number: ' ' })],
    ['the creditor (2)', collectionDemand({ creditor: { ...blank.creditor, name: '' } })],
    ['the debtor', collectionDemand({ debtor: { ...blank.debtor, name: '' } })],
    ['any claim', collectionDemand({ claims: [], payableAmount: 1n })],
    ['the ground (3)', collectionDemand({ claims: [claim({ ground: ' ' })] })],
    ['the invoice’s number (3)', collectionDemand({ claims: [claim({ invoiceNumber: '' })] })],
    ['who assigned it (4)', collectionDemand({ assignedFrom: '' })],
    ['the account (5)', collectionDemand({ account: { id: '' } })],
    ['the reference (5)', collectionDemand({ paymentReference: '' })],
    ['the sum of its parts (6)', collectionDemand({ payableAmount: 1n })],
    ['a cost above zero (8)', collectionDemand({ claims: [claim({ collectionFeeAmount: -1n })] })],
    ['time before the deadline (9)', collectionDemand({ deadline: isoDate('2026-10-15') })],
    ['the agent’s name (10)', collectionDemand({ agent: { ...blank.agent, name: '' } })],
    ['the agent’s number (10)', collectionDemand({ agent: { ...blank.agent, organisationNumber: '' } })],
    ['the agent’s address (10)', collectionDemand({ agent: { ...blank.agent, address: { country: 'SE' } } })],
    ['whom to contact (10)', collectionDemand({ agent: { ...blank.agent, telephone: '', email: '' } })],
    ['the agency it is handed to', demand({ nextStep: 'handover', handoverTo: '' })],
    ['anything to pay', demand({ claims: [claim({ principalAmount: 0n, interestAmount: 0n, reminderFeeAmount: 0n })] })],
    ['a second invoice of its own', collectionDemand({ claims: [claim(), claim()] })],
  ])('%s', (_name, item) => expect([...new Set(rulesOf(item))]).toEqual(['X-05']));

  test('rate, period and base of the interest (7)', () => {
    const { interest: _interest, ...without } = claim();
    expect(rulesOf(collectionDemand({ claims: [without] }))).toEqual(['X-05']);
    const backwards = { ...claim().interest!, rate: decimal('10'), from: isoDate('2026-10-15'), to: isoDate('2026-10-02') };
    expect(rulesOf(collectionDemand({ claims: [claim({ interest: backwards })] }))).toEqual(['X-05']);
  });
});

describe('what needs a licence', () => {
  test('a collection demand (X-06)', () => {
    expect(rulesOf(collectionDemand({ agent: demand().agent, nextStep: 'none' }))).toEqual(['X-06']);
  });
  test('announcing one (X-06)', () => expect(rulesOf(demand({ nextStep: 'demand' }))).toEqual(['X-06']));
  test.each<[string, Partial<Demand>]>([
    ['announcing legal steps', { nextStep: 'legal' }],
    ['Kronofogden in the ground', { claims: [claim({ ground: 'avgift, annars Kronofogden' })] }],
    ['a threat in the agency’s name', { handoverTo: 'Utmätning & Co' }],
    ['a trial in the ground', { claims: [claim({ ground: 'arvode, annars rättslig prövning' })] }],
    ['what follows from it by law', { claims: [claim({ ground: 'arvode; rättsliga följder kan inträda' })] }],
    ['a court in English', { claims: [claim({ ground: 'fees, or we go to court' })] }],
  ])('a reminder with %s (SE-10)', (_name, changes) => expect(rulesOf(demand(changes))).toEqual(['SE-10']));
  test('words that only sound like it are no threat', () => {
    const claims = [claim({ ground: 'pianostämning, rättslig rådgivning och bana 3, tennis court' })];
    expect(problemsOf(demand({ claims }))).toEqual([]);
  });
  test('none of it for a bureau that has one', () => {
    const agent = { ...demand().agent, licensed: true };
    for (const nextStep of ['demand', 'legal'] as const) expect(problemsOf(demand({ agent, nextStep }))).toEqual([]);
  });
});
