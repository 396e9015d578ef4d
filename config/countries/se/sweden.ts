import { isoDate } from '#engine/iso-date.ts';
import { checkSwedishPolicy } from '#engine/law/rules/policy-swedish.ts';
import { checkSwedishStep } from '#engine/law/rules/step-swedish.ts';
import type { Country } from '#engine/sockets/country.ts';
import { bankCalendar } from './bank-calendar.ts';
import { bookkeepingRetentionYears } from './bookkeeping-retention.ts';
import { claimKinds } from './claim-kinds.ts';
import { collectionLetterFeeMax } from './collection-letter-fee-max.ts';
import { collectionLetterMinBankDays } from './collection-letter-min-bank-days.ts';
import { collectionLetterMinDays } from './collection-letter-min-days.ts';
import { demandContents } from './demand-contents.ts';
import { enforcementBaseFee } from './enforcement-base-fee.ts';
import { instalmentPlanFeeMax } from './instalment-plan-fee-max.ts';
import { instalmentPlanNoticeFeeMax } from './instalment-plan-notice-fee-max.ts';
import { interestNotice } from './interest-notice.ts';
import { lateCompensation } from './late-compensation.ts';
import { lateInterestAddition } from './late-interest-addition.ts';
import { legalTexts } from './legal-texts.ts';
import { licensedActs, pressingWords } from './licence.ts';
import { limitationYears } from './limitation.ts';
import { payableUnit } from './payable-unit.ts';
import { paymentOrderAgentFeeMax } from './payment-order-agent-fee-max.ts';
import { paymentOrderApplicationFee } from './payment-order-application-fee.ts';
import { paymentTermMaxDays } from './payment-term-max.ts';
import { practice } from './practice.ts';
import { referenceRate } from './reference-rate.ts';
import { reminderFeeMax } from './reminder-fee-max.ts';
import { simplifiedInvoiceMax } from './simplified-invoice-max.ts';
import { vatRates } from './vat-rates.ts';

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
  checkPolicy: checkSwedishPolicy,
  checkStep: checkSwedishStep,
  texts: legalTexts,
};
