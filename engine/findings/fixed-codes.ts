import type { FindingCode } from '../finding.ts';

/** Findings about files of fixed-width records. */
export const fixedCodes = {
  'FIXED-LENGTH': {
    severity: 'error',
    rule: 'format',
    message: {
      sv: 'Rad {line} är {length} tecken lång; posten ska ha {expected}.',
      en: 'Line {line} is {length} characters long; the record has {expected}.',
    },
    hint: {
      sv: 'Skicka filen som den skapades: utfyllnaden i slutet av raderna hör till posterna och får inte tas bort.',
      en: 'Send the file as it was made: the filling at the end of the lines belongs to the records and must not be removed.',
    },
  },
  'FIXED-RECORD': {
    severity: 'error',
    rule: 'format',
    message: {
      sv: 'Rad {line} börjar inte som någon post i formatet: "{value}".',
      en: 'Line {line} does not begin like any record of the format: "{value}".',
    },
    hint: {
      sv: 'Kontrollera att filen är i det avtalade formatet och att raden är hel.',
      en: 'Check that the file is in the agreed format and that the line is whole.',
    },
  },
  'FIXED-FIELD': {
    severity: 'error',
    rule: 'format',
    message: {
      sv: 'Fältet {field} i posten {record} (position {column}–{last}) är "{value}"; det ska vara {form}.',
      en: 'The field {field} of the record {record} (position {column}–{last}) is "{value}"; it must be {form}.',
    },
    hint: {
      sv: 'Rätta värdet i källsystemet. Om flera fält i rad är fel är raden troligen förskjuten.',
      en: 'Correct the value in the source system. If several fields in a row are wrong, the line is probably shifted.',
    },
  },
} as const satisfies Record<string, FindingCode>;
