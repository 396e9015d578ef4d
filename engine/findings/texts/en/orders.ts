import { textsOf } from '../../declaration.ts';
import { orderCodes } from '../../orders.ts';

export const orderTexts = textsOf(orderCodes, {
  'CTL-HEADINGS': {
    message: 'The heading row must be invoice;action;date;amount;reason, but is {value}.',
    hint: 'Write the headings exactly so, in that order, parted by semicolons.',
  },
  'CTL-NO-CLOSING-ROW': {
    message: 'The closing row END;count is missing: the file is probably cut off. Nothing was carried out.',
    hint: 'Send the whole file again, with a closing row at the end.',
  },
  'CTL-AFTER-CLOSING-ROW': {
    message: 'Line {line} stands after the closing row (line {closingLine}). Nothing was carried out.',
    hint: 'Send each file by itself, with one closing row at the end.',
  },
  'CTL-CLOSING-COUNT': {
    message: 'The closing row states {value} rows, the file holds {counted}. Nothing was carried out.',
    hint: 'Rows are missing or doubled; produce the file again.',
  },
  'CTL-NO-ROWS': {
    message: 'The file holds no orders.',
    hint: 'Send no file when there is nothing to order.',
  },
  'CTL-ROW-WIDTH': {
    message: 'The row has {value} fields instead of {columns}.',
    hint: 'Quote text that holds a semicolon.',
  },
  'CTL-INVOICE-MISSING': {
    message: 'The invoice number is missing.',
    hint: 'State the invoice’s number as it stands on the invoice.',
  },
  'CTL-ACTION': {
    message: 'There is no action {value}.',
    hint: 'Choose one of: {actions}.',
  },
  'CTL-DATE-MISSING': {
    message: 'The date is missing; the action {action} needs one.',
    hint: 'Write the date as YYYY-MM-DD.',
  },
  'CTL-DATE': {
    message: '{value} is not a date.',
    hint: 'Write an existing date as YYYY-MM-DD.',
  },
  'CTL-AMOUNT-MISSING': {
    message: 'The amount is missing; the action {action} needs one.',
    hint: 'Write the amount with at most two decimals: 1250.00.',
  },
  'CTL-AMOUNT': {
    message: '{value} is not an amount above zero.',
    hint: 'Write digits with at most two decimals and no thousands mark: 1250.00.',
  },
  'CTL-NOT-USED': {
    message: 'The action {action} does not use the field {field}, which holds {value}.',
    hint: 'Empty the field, or choose the action that is meant.',
  },
  'CTL-REASON-MISSING': {
    message: 'The reason is missing.',
    hint: 'Write why; the text is kept word for word with the claim.',
  },
  'CTL-REASON-WORD': {
    message: 'The reason must begin with one of the words {words}, but is {value}.',
    hint: 'Write the word first, then a colon and your own text.',
  },
  'CTL-INVOICE-UNKNOWN': {
    message: 'The invoice {value} is not in the ledger.',
    hint: 'Check the number. Invoices that are only distributed are not kept in the ledger.',
  },
  'CTL-SETTLED': {
    message: 'The invoice is already paid or credited; nothing is open.',
    hint: 'Nothing needs to be done.',
  },
  'CTL-DATE-PAST': {
    message: 'The date {value} has already passed ({today}).',
    hint: 'Give a day to come.',
  },
  'CTL-DATE-FUTURE': {
    message: 'The day of payment {value} is after today ({today}).',
    hint: 'Report the payment when it has come.',
  },
  'CTL-BEFORE-DEADLINE': {
    message: 'The new date {value} is before the date that a letter already gave ({deadline}).',
    hint: 'Defer to {deadline} or later.',
  },
  'CTL-NOT-LATER': {
    message: 'The new date {value} is not later than the one that stands ({term}).',
    hint: 'Give a day after {term}.',
  },
  'CTL-DEFERRED-OFTEN': {
    message: 'The invoice has already been deferred {times} times.',
    hint: 'Agree on instalments, or ask the bureau.',
  },
  'CTL-DISPUTED': {
    message: 'The invoice has been disputed since {from}.',
    hint: 'Answer that objection first (release).',
  },
  'CTL-NOTHING-HELD': {
    message: 'There is no such hold ({value}) to release.',
    hint: 'See what stands on the invoice.',
  },
  'CTL-WHICH-HOLD': {
    message: 'Several holds stand ({kinds}); it is not said which is released.',
    hint: 'Name the kind: deferment, dispute, block or promise.',
  },
  'CTL-OUTCOME-MISSING': {
    message: 'A dispute is released with an outcome: accepted, rejected or withdrawn.',
    hint: 'State the outcome.',
  },
  'CTL-AMOUNT-ZERO': {
    message: 'The amount {value} is not above zero, or nothing of the principal is open.',
    hint: 'Check the invoice and the amount.',
  },
  'CTL-AMOUNT-TOO-LARGE': {
    message: 'The amount {value} is more than what is open ({open}).',
    hint: 'State at most {open}.',
  },
  'CTL-REPEATED': {
    message: 'The order has been carried out before and was not carried out again.',
    hint: 'Nothing needs to be done. If it is to be done once more, change the reason’s text.',
  },
  'PRINT-HEADINGS': {
    message: 'The first row is not the headings job;piece;status;date.',
    hint: 'Send the file with the row of headings first, in that order.',
  },
  'PRINT-NO-CLOSING-ROW': {
    message: 'The file ends without the row END;count: it is cut short, and none of it counts.',
    hint: 'Send the whole file again.',
  },
  'PRINT-CLOSING-COUNT': {
    message: 'The closing row says {value} rows, the file has {counted}; none of it counts.',
    hint: 'Send the whole file again.',
  },
  'PRINT-ROW': {
    message: 'The row cannot be read: {value}',
    hint: 'Write job (J0042), the piece’s number, dispatched, spoiled, reprinted or returned, and a date YYYY-MM-DD.',
  },
  'PRINT-UNKNOWN-JOB': {
    message: 'No print job {value} was handed to the print house.',
    hint: 'Check the job number; it is in the file name and in the manifest.',
  },
  'PRINT-UNKNOWN-PIECE': {
    message: 'Job {job} has no piece number {value}.',
    hint: 'The number is the column seq of {job}.letters.csv.',
  },
  'PRINT-AGAIN': {
    message: 'The piece was {value} on {earlier} already; that day stands.',
    hint: 'Nothing needs to be done. If the earlier day is wrong, ask the bureau.',
  },
  'PRINT-BEFORE-RELEASE': {
    message: 'The day {value} is before the job was released on {released}.',
    hint: 'Check job and day and send the row again.',
  },
  'PRINT-AFTER-TODAY': {
    message: 'The day {value} has not come yet.',
    hint: 'Report pieces only once they were handed to the post.',
  },
  'AGENCY-HEADINGS': {
    message: 'The heading row must be client;case;status;reference;reason, but is {value}.',
    hint: 'Write the headings exactly so, parted by semicolons.',
  },
  'AGENCY-NO-CLOSING-ROW': {
    message: 'The closing row END;count is missing: the file is probably cut off.',
    hint: 'Send the whole file again.',
  },
  'AGENCY-CLOSING-COUNT': {
    message: 'The closing row says {value} rows, but the file has {counted}.',
    hint: 'Send the whole file again.',
  },
  'AGENCY-ROW': {
    message: 'The row does not have a client, a case number and a status of accepted, rejected or closed: {value}.',
    hint: 'A rejection needs a reason as well.',
  },
  'AGENCY-CASE-UNKNOWN': {
    message: 'Case {value} was never handed over.',
    hint: 'Check client and case number against the hand-over file.',
  },
  'AGENCY-CASE-ANSWERED': {
    message: 'Case {value} is {state} already.',
    hint: 'The row changed nothing.',
  },
});
