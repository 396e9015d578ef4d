import type { FindingCode } from '../finding.ts';

export const xmlCodes = {} as const satisfies Record<string, FindingCode>;
