import { isoDate } from '../../iso-date.ts';
import type { Country } from '../../sockets/country.ts';
import { bankCalendar } from './calendar.ts';
import { checkSwedishPolicy, checkSwedishStep } from './claim-rules.ts';
import { identity, postal } from './identity.ts';
import { invoiceRules } from './invoice-rules.ts';
import { lawKinds } from './law-kinds.ts';
import { acts, claimKinds, compensation, interestNotice, licensedActs, limitationYears, practice, pressingWords } from './law.ts';
import { lateInterest, vatRates } from './rates.ts';
import { legalTexts, letterWords } from './texts.ts';

/** Costs, then interest, then principal, whoever owes: custom behind handelsbalken 9:5 (reference/collection-rules.md §8.1). */
const appropriation = ['reminderFee', 'collectionFee', 'compensation', 'interest', 'principal'] as const;

export const sweden = {
  country: 'SE',
  currency: 'SEK',
  timeZone: 'Europe/Stockholm',
  bankCalendar,
  vatRates,
  limitationYears,
  lawKinds,
  acts,
  filedAfter: 'demand',
  lateInterest,
  interestNotice,
  compensation,
  pressingWords,
  pressingRule: 'SE-10',
  licensedActs,
  claimKinds,
  // Move it on after reading every table against the statutes; the reading of November 2026 found no change announced.
  regimeReviewedUntil: isoDate('2027-06-30'),
  appropriationOrder: { consumer: appropriation, business: appropriation, public: appropriation },
  practice,
  identity,
  postal,
  invoiceRules,
  ruleIds: ['SE-01', 'SE-02', 'SE-03', 'SE-04', 'SE-05', 'SE-06', 'SE-07', 'SE-08', 'SE-09', 'SE-10'],
  checkPolicy: checkSwedishPolicy,
  checkStep: checkSwedishStep,
  texts: legalTexts,
  letterWords,
} satisfies Country;
