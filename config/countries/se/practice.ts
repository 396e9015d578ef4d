import { decimal } from '#engine/decimal.ts';
import type { LegalRules } from '#engine/law/legal-rules.ts';

/**
 * Good practice and starting values that no statute fixes (reference/collection-rules.md §2, §14.3, §15). The booking graces are those with
 * which the timetables of §14.4 come out: two bank days after a due date, four after a collection demand's.
 */
export const practice: LegalRules['practice'] = {
  feeReminders: { max: 1, severity: 'error' },
  bookingGraceBankDays: 2,
  collectionGraceBankDays: 4,
  postalDays: 3,
  minimumClaimAmount: 10000n,
  letters: { max: 3, withinDays: 30 },
  consumerInterest: { aboveStatutoryPoints: decimal('8'), severity: 'warning' },
  valuation: {
    writeOffBelowAmount: 10000n,
    limitationAlarmDays: 180,
    paysPermille: { consumer: 550, business: 650, public: 650 },
    manyDefaults: { above: 2, paysPermille: 150 },
    contestedPermille: 0,
    contestedCostAmount: 0n,
    paysLate: [
      { fromDays: 60, permille: 250 },
      { fromDays: 365, permille: 80 },
    ],
    advancedAmount: 90000n,
    recoverableAmount: 128000n,
    marginAmount: 0n,
    minimumLegalAmounts: [
      { debtorClass: 'consumer', amount: 50000n },
      { debtorClass: 'business', amount: 100000n },
      { debtorClass: 'public', amount: 100000n },
    ],
  },
};
