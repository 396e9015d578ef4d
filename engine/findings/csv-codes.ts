import type { FindingCode } from '../finding.ts';

export const csvCodes = {} as const satisfies Record<string, FindingCode>;
