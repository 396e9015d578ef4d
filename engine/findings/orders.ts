import { error, warning } from './declaration.ts';

/** Findings of files that give orders or answers about what is booked already: from clients, print houses and collection agencies. */
export const orderCodes = {
  // Of a client's control file: orders on invoices, and what they find in the ledger.
  'CTL-HEADINGS': error('control file'),
  'CTL-NO-CLOSING-ROW': error('control file'),
  'CTL-AFTER-CLOSING-ROW': error('control file', 'closingLine'),
  'CTL-CLOSING-COUNT': error('control file', 'counted'),
  'CTL-NO-ROWS': error('control file'),
  'CTL-ROW-WIDTH': error('control file', 'columns'),
  'CTL-INVOICE-MISSING': error('control file'),
  'CTL-ACTION': error('control file', 'actions'),
  'CTL-DATE-MISSING': error('control file', 'action'),
  'CTL-DATE': error('control file'),
  'CTL-AMOUNT-MISSING': error('control file', 'action'),
  'CTL-AMOUNT': error('control file'),
  'CTL-NOT-USED': error('control file', 'action'),
  'CTL-REASON-MISSING': error('control file'),
  'CTL-REASON-WORD': error('control file', 'words'),
  'CTL-INVOICE-UNKNOWN': error('F50'),
  'CTL-SETTLED': error('F50'),
  'CTL-DATE-PAST': error('F51', 'today'),
  'CTL-DATE-FUTURE': error('F35', 'today'),
  'CTL-BEFORE-DEADLINE': error('F51', 'deadline'),
  'CTL-NOT-LATER': error('F51', 'term'),
  'CTL-DEFERRED-OFTEN': error('F51', 'times'),
  'CTL-DISPUTED': error('F50', 'from'),
  'CTL-NOTHING-HELD': error('F50'),
  'CTL-WHICH-HOLD': error('F50', 'kinds'),
  'CTL-OUTCOME-MISSING': error('F50'),
  'CTL-AMOUNT-ZERO': error('F50'),
  'CTL-AMOUNT-TOO-LARGE': error('IL5', 'open'),
  'CTL-REPEATED': warning('IF4'),

  // Of a print house's status files: their form, and rows that do not fit what was sent.
  'PRINT-HEADINGS': error('status file'),
  'PRINT-NO-CLOSING-ROW': error('status file'),
  'PRINT-CLOSING-COUNT': error('status file', 'counted'),
  'PRINT-ROW': error('status file'),
  'PRINT-UNKNOWN-JOB': error('XO7'),
  'PRINT-UNKNOWN-PIECE': error('XO7', 'job'),
  'PRINT-AGAIN': warning('XO7', 'earlier'),
  'PRINT-BEFORE-RELEASE': error('XO7', 'released'),
  'PRINT-AFTER-TODAY': error('XO7'),

  // Of the receipts of a collection agency (formats/collection/README.md).
  'AGENCY-HEADINGS': error('agency receipt'),
  'AGENCY-NO-CLOSING-ROW': error('agency receipt'),
  'AGENCY-CLOSING-COUNT': error('agency receipt', 'counted'),
  'AGENCY-ROW': error('agency receipt'),
  'AGENCY-CASE-UNKNOWN': error('agency receipt'),
  'AGENCY-CASE-ANSWERED': warning('agency receipt', 'state'),
};
