import { isoDate } from '../../iso-date.ts';
import type { Country } from '../../sockets/country.ts';
import { bankCalendar } from './calendar.ts';
import { checkSwedishPolicy, checkSwedishStep } from './claim-rules.ts';
import {
  bookkeepingRetentionYears,
  claimKinds,
  collectionLetterFeeMax,
  collectionLetterMinBankDays,
  collectionLetterMinDays,
  demandContents,
  enforcementBaseFee,
  instalmentPlanFeeMax,
  instalmentPlanNoticeFeeMax,
  interestNotice,
  lateCompensation,
  legalTexts,
  licensedActs,
  limitationYears,
  payableUnit,
  paymentOrderAgentFeeMax,
  paymentOrderApplicationFee,
  paymentTermMaxDays,
  practice,
  pressingWords,
  reminderFeeMax,
  simplifiedInvoiceMax,
} from './law.ts';
import { invoiceRules } from './invoice-rules.ts';
import { lateInterestAddition, referenceRate, vatRates } from './rates.ts';

export const sweden: Country = {
  country: 'SE',
  currency: 'SEK',
  timeZone: 'Europe/Stockholm',
  bankCalendar,
  vatRates,
  payableUnit,
  simplifiedInvoiceMax,
  paymentTermMaxDays,
  bookkeepingRetentionYears,
  limitationYears,
  referenceRate,
  lateInterestAddition,
  interestNotice,
  reminderFeeMax,
  collectionLetterFeeMax,
  collectionLetterMinDays,
  collectionLetterMinBankDays,
  instalmentPlanFeeMax,
  instalmentPlanNoticeFeeMax,
  lateCompensation,
  paymentOrderApplicationFee,
  paymentOrderAgentFeeMax,
  enforcementBaseFee,
  demandContents,
  pressingWords,
  licensedActs,
  claimKinds,
  // Move it on after reading every table above against the statutes; the reading of November 2026 found no change announced.
  regimeReviewedUntil: isoDate('2027-06-30'),
  // Costs, then interest, then principal: custom behind handelsbalken 9:5 (reference/collection-rules.md §8.1).
  appropriationOrder: ['reminderFee', 'collectionFee', 'compensation', 'interest', 'principal'],
  practice,
  invoiceRules,
  checkPolicy: checkSwedishPolicy,
  checkStep: checkSwedishStep,
  texts: legalTexts,
};
