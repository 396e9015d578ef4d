import type { DatedTable } from '../../dated-table.ts';
import type { Minor } from '../../money.ts';
import type { LegalRules } from '../legal-rules.ts';
import type { LegalAct } from '../policy.ts';

/** The table that bounds the fee of a letter; undefined for what may carry none. */
export function feeBound(act: LegalAct, rules: LegalRules): DatedTable<Minor> | undefined {
  switch (act) {
    case 'reminder':
      return rules.reminderFeeMax;
    case 'demand':
      return rules.collectionLetterFeeMax;
    case 'plan':
      return rules.instalmentPlanFeeMax;
    case 'handover':
    case 'assessment':
    case 'write-off':
    case 'application':
      return undefined;
  }
}
