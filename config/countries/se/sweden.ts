import type { CountryRules } from '../country-rules.ts';
import { bankCalendar } from './bank-calendar.ts';
import { lateInterestAddition } from './late-interest-addition.ts';
import { legalTexts } from './legal-texts.ts';
import { payableUnit } from './payable-unit.ts';
import { referenceRate } from './reference-rate.ts';
import { reminderFeeMax } from './reminder-fee-max.ts';
import { vatRates } from './vat-rates.ts';

export const sweden: CountryRules = {
  country: 'SE',
  bankCalendar,
  vatRates,
  payableUnit,
  referenceRate,
  lateInterestAddition,
  reminderFeeMax,
  texts: legalTexts,
};
