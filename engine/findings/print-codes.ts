import type { FindingCode } from '../finding.ts';

/** Findings of a print house's status files: their form, and rows that do not fit what was sent. */
export const printCodes = {
  'PRINT-HEADINGS': {
    severity: 'error',
    rule: 'status file',
    message: {
      sv: 'Första raden är inte rubrikerna job;piece;status;date.',
      en: 'The first row is not the headings job;piece;status;date.',
    },
    hint: {
      sv: 'Skicka filen med rubrikraden först, i den ordningen.',
      en: 'Send the file with the row of headings first, in that order.',
    },
  },
  'PRINT-NO-CLOSING-ROW': {
    severity: 'error',
    rule: 'status file',
    message: {
      sv: 'Filen slutar utan raden END;antal: den är avkortad, och inget av den räknas.',
      en: 'The file ends without the row END;count: it is cut short, and none of it counts.',
    },
    hint: { sv: 'Skicka hela filen igen.', en: 'Send the whole file again.' },
  },
  'PRINT-CLOSING-COUNT': {
    severity: 'error',
    rule: 'status file',
    message: {
      sv: 'Slutraden säger {value} rader, filen har {counted}; inget av den räknas.',
      en: 'The closing row says {value} rows, the file has {counted}; none of it counts.',
    },
    hint: { sv: 'Skicka hela filen igen.', en: 'Send the whole file again.' },
  },
  'PRINT-ROW': {
    severity: 'error',
    rule: 'status file',
    message: {
      sv: 'Raden kan inte läsas: {value}',
      en: 'The row cannot be read: {value}',
    },
    hint: {
      sv: 'Skriv jobb (J0042), brevets nummer, dispatched, spoiled, reprinted eller returned, och ett datum ÅÅÅÅ-MM-DD.',
      en: 'Write job (J0042), the piece’s number, dispatched, spoiled, reprinted or returned, and a date YYYY-MM-DD.',
    },
  },
  'PRINT-UNKNOWN-JOB': {
    severity: 'error',
    rule: 'XO7',
    message: {
      sv: 'Inget utskriftsjobb {value} har lämnats till tryckeriet.',
      en: 'No print job {value} was handed to the print house.',
    },
    hint: {
      sv: 'Kontrollera jobbnumret; det står i filnamnet och i manifestet.',
      en: 'Check the job number; it is in the file name and in the manifest.',
    },
  },
  'PRINT-UNKNOWN-PIECE': {
    severity: 'error',
    rule: 'XO7',
    message: {
      sv: 'Jobbet {job} har inget brev nummer {value}.',
      en: 'Job {job} has no piece number {value}.',
    },
    hint: {
      sv: 'Numret är kolumnen seq i {job}.letters.csv.',
      en: 'The number is the column seq of {job}.letters.csv.',
    },
  },
  'PRINT-AGAIN': {
    severity: 'warning',
    rule: 'XO7',
    message: {
      sv: 'Brevet var redan {value} den {earlier}; den dagen gäller.',
      en: 'The piece was {value} on {earlier} already; that day stands.',
    },
    hint: {
      sv: 'Inget behöver göras. Är den tidigare dagen fel, kontakta byrån.',
      en: 'Nothing needs to be done. If the earlier day is wrong, ask the bureau.',
    },
  },
  'PRINT-BEFORE-RELEASE': {
    severity: 'error',
    rule: 'XO7',
    message: {
      sv: 'Dagen {value} ligger före den dag då jobbet lämnades, {released}.',
      en: 'The day {value} is before the job was released on {released}.',
    },
    hint: { sv: 'Kontrollera jobb och dag och skicka raden igen.', en: 'Check job and day and send the row again.' },
  },
  'PRINT-AFTER-TODAY': {
    severity: 'error',
    rule: 'XO7',
    message: {
      sv: 'Dagen {value} har inte kommit än.',
      en: 'The day {value} has not come yet.',
    },
    hint: {
      sv: 'Rapportera brev först när de har lämnats till posten.',
      en: 'Report pieces only once they were handed to the post.',
    },
  },
} as const satisfies Record<string, FindingCode>;
