import type { FindingCode } from '../finding.ts';

/** Findings about a file as a whole: its name, kind, size, agreement, encoding. */
export const intakeCodes = {
  'FILE-EMPTY': {
    severity: 'error',
    rule: 'intake',
    message: { sv: 'Filen är tom.', en: 'The file is empty.' },
    hint: { sv: 'Skapa filen på nytt och skicka den igen.', en: 'Produce the file again and send it again.' },
  },
} as const satisfies Record<string, FindingCode>;
