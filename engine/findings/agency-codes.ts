import type { FindingCode } from '../finding.ts';

/** Findings about the receipts of a collection agency (formats/collection/README.md). */
export const agencyCodes = {
  'AGENCY-HEADINGS': {
    severity: 'error',
    rule: 'agency receipt',
    message: {
      sv: 'Rubrikraden ska vara client;case;status;reference;reason, men är {value}.',
      en: 'The heading row must be client;case;status;reference;reason, but is {value}.',
    },
    hint: { sv: 'Skriv rubrikerna exakt så, åtskilda av semikolon.', en: 'Write the headings exactly so, parted by semicolons.' },
  },
  'AGENCY-NO-CLOSING-ROW': {
    severity: 'error',
    rule: 'agency receipt',
    message: {
      sv: 'Slutraden END;antal saknas: filen är troligen avkortad.',
      en: 'The closing row END;count is missing: the file is probably cut off.',
    },
    hint: { sv: 'Skicka hela filen igen.', en: 'Send the whole file again.' },
  },
  'AGENCY-CLOSING-COUNT': {
    severity: 'error',
    rule: 'agency receipt',
    message: {
      sv: 'Slutraden säger {value} rader, men filen har {counted}.',
      en: 'The closing row says {value} rows, but the file has {counted}.',
    },
    hint: { sv: 'Skicka hela filen igen.', en: 'Send the whole file again.' },
  },
  'AGENCY-ROW': {
    severity: 'error',
    rule: 'agency receipt',
    message: {
      sv: 'Raden har inte klient, ärendenummer och en status av accepted, rejected eller closed: {value}.',
      en: 'The row does not have a client, a case number and a status of accepted, rejected or closed: {value}.',
    },
    hint: { sv: 'En avvisning behöver också ett skäl.', en: 'A rejection needs a reason as well.' },
  },
  'AGENCY-CASE-UNKNOWN': {
    severity: 'error',
    rule: 'agency receipt',
    message: { sv: 'Ärende {value} har aldrig lämnats över.', en: 'Case {value} was never handed over.' },
    hint: {
      sv: 'Kontrollera klient och ärendenummer mot överlämningsfilen.',
      en: 'Check client and case number against the hand-over file.',
    },
  },
  'AGENCY-CASE-ANSWERED': {
    severity: 'warning',
    rule: 'agency receipt',
    message: { sv: 'Ärende {value} är redan {state}.', en: 'Case {value} is {state} already.' },
    hint: { sv: 'Raden ändrade ingenting.', en: 'The row changed nothing.' },
  },
} as const satisfies Record<string, FindingCode>;
