import type { FindingCode } from '../finding.ts';

export const invoiceCodes = {} as const satisfies Record<string, FindingCode>;
