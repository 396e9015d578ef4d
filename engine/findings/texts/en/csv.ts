import { textsOf } from '../../declaration.ts';
import { csvCodes } from '../../csv.ts';

export const csvTexts = textsOf(csvCodes, {
  'CSV-QUOTE-OPEN': {
    message: 'The quote on line {line} is not closed within {maxLines} lines; the rest of the file cannot be read.',
    hint: 'Close the quote, or double it ("") if it belongs to the text.',
  },
  'CSV-QUOTE-INSIDE': {
    message: 'A quote stands inside an unquoted field on line {line}: {value}',
    hint: 'Quote the whole field and double the quote that belongs to the text: "Screw 3/4"" inch".',
  },
  'CSV-QUOTE-CLOSED': {
    message: 'A closing quote on line {line} is followed by text instead of a delimiter: {value}',
    hint: 'Double quotes that belong to the text.',
  },
  'CSV-LONE-RETURN': {
    message: 'Line {line} holds a carriage return (CR) without a line feed (LF).',
    hint: 'End lines with CRLF or LF.',
  },
  'CSV-RECORD-TOO-LONG': {
    message: 'The record on line {line} is longer than {maxCharacters} characters.',
    hint: 'Check line ends and quotes.',
  },
  'CSV-TOO-MANY-COLUMNS': {
    message: 'Line {line} has more than {maxColumns} columns.',
    hint: 'Check the delimiter.',
  },
  'CSV-TOO-MANY-ROWS': {
    message: 'The file has more than {maxRows} rows.',
    hint: 'Divide the invoices among several files.',
  },
  'CSV-SEPARATOR': {
    message: 'The first line of the file names another delimiter than agreed: {value}',
    hint: 'Export with the agreed delimiter.',
  },
  'CSV-HEADING-TWICE': {
    message: 'The heading "{value}" stands twice.',
    hint: 'Remove or rename one of the columns.',
  },
  'CSV-HEADING-UNKNOWN': {
    message: 'The heading "{value}" is not part of the agreed layout.',
    hint: 'Correct the spelling, or ask us to add the column.',
  },
  'CSV-HEADING-MISSING': {
    message: 'The heading "{field}" is missing. The file has: {found}',
    hint: 'Include the column in the export; its place is free, its spelling is not.',
  },
  'CSV-NO-ROWS': {
    message: 'The file has headings but no invoices.',
    hint: 'Send no file when there is nothing to send, or produce the file again.',
  },
  'CSV-NO-FINAL-NEWLINE': {
    message: 'The last line (line {line}) has no line end: the file is probably cut off.',
    hint: 'Send the file again; end the last line, too, with a line end.',
  },
  'CSV-NO-TRAILER': {
    message: 'The closing row "{marker}" is missing: the file is probably cut off.',
    hint: 'Send the whole file again.',
  },
  'CSV-AFTER-TRAILER': {
    message: 'Line {line} stands after the closing row (line {trailerLine}).',
    hint: 'Send each file by itself, with one closing row at the end.',
  },
  'CSV-TRAILER-UNREADABLE': {
    message: 'The closing row\'s value "{value}" is not a number.',
    hint: 'State the number of invoices and the sum payable in the agreed columns.',
  },
  'CSV-TRAILER-COUNT': {
    message: 'The closing row states {value} invoices, the file holds {counted}.',
    hint: 'Invoices are missing or doubled; produce the file again.',
  },
  'CSV-TRAILER-SUM': {
    message: 'The closing row states the sum {value}, the invoices add up to {summed} (difference {difference}).',
    hint: "The sum is that of the invoices' payable amounts with the file's own signs, credit notes included.",
  },
  'CSV-ROW-SHORT': {
    message: 'Line {line} has {cells} cells, the heading row has {columns}.',
    hint: 'A delimiter is missing. Empty cells need theirs, too.',
  },
  'CSV-ROW-LONG': {
    message: 'Line {line} has {cells} cells, the heading row has {columns}. First one too many: {value}',
    hint: 'A text holds the delimiter. Put the text in quotes.',
  },
  'CSV-NUMBER-AGAIN': {
    message: 'Invoice number {value} stands already on line {firstLine}.',
    hint: 'The rows of one invoice must stand together, and each number be used once.',
  },
  'CSV-ROW-DIFFERS': {
    message: '{field} is "{value}" on line {line} but "{first}" on the invoice\'s first row ({firstLine}).',
    hint: 'Fields of the whole invoice must be the same on all its rows, or stand on the first only.',
  },
  'CSV-VALUE-MISSING': {
    message: '{field} is missing on line {line}.',
    hint: 'Fill in the field in the source system.',
  },
  'CSV-NOT-A-NUMBER': {
    message: '{field} is not a number: "{value}".',
    hint: 'Write numbers as agreed, for example {example}; a minus stands first, no exponents.',
  },
  'CSV-AMOUNT-DECIMALS': {
    message: '{field} has more than two decimals: {value}.',
    hint: 'Round the amount to two decimals. Prices and quantities may have more.',
  },
  'CSV-AMOUNT-TOO-LARGE': {
    message: '{field} is unreasonably large: {value}.',
    hint: 'Check the decimal mark and the unit (kronor, not öre).',
  },
  'CSV-NOT-A-DATE': {
    message: '{field} is not a date: "{value}".',
    hint: 'Write dates as {format}. The day must exist, between 1990 and 2100.',
  },
  'CSV-NOT-ALLOWED': {
    message: '{field} has a value that is not agreed: "{value}".',
    hint: 'Allowed values: {allowed}.',
  },
  'CSV-CURRENCY-NOT-AGREED': {
    message: 'The currency is {value}, the agreement is for {agreed}.',
    hint: 'Send the invoice in the agreed currency, or ask us to extend the agreement.',
  },
  'CSV-CHECK-DIGIT': {
    message: '{field} is no valid organisation or personal number: "{value}".',
    hint: 'Check the number. Spreadsheets lose leading zeros and turn digits into 1.2E+09.',
  },
  'CSV-ENDPOINT': {
    message: '{field} is no electronic address: "{value}".',
    hint: 'Write scheme and identifier: 0007:5560000000 (organisation number) or 0088:7300000000000 (GLN).',
  },
  'CSV-VAT-CATEGORY': {
    message: 'VAT rate {rate} does not say why: the VAT category is missing on line {line}.',
    hint: 'State Z (zero), E (exempt), AE (reverse charge), K (intra-EU), G (export) or O (outside scope).',
  },
  'CSV-LINE-NET': {
    message: 'The line amount {value} is not quantity × price = {quantity} × {price} = {expected}.',
    hint: 'Correct quantity, price or amount; write a discount as a line of its own.',
  },
  'CSV-NEGATIVE-PRICE': {
    message: 'The price {value} is negative; the line was read as a negative quantity with a positive price.',
    hint: 'Write deductions and credits with a negative quantity.',
  },
  'CSV-STATED-NET': {
    message: "The invoice's net amount is stated as {value}, its lines add up to {expected} (difference {difference}).",
    hint: 'Check that all lines are there and that the amount is without VAT.',
  },
  'CSV-STATED-VAT': {
    message: 'The VAT is stated as {value}, but is {expected} (difference {difference}).',
    hint: 'VAT is computed per rate on the sum of its lines and rounded once to whole öre.',
  },
  'CSV-STATED-PAYABLE': {
    message: 'The amount payable is stated as {value}, but is {expected} (difference {difference}).',
    hint: 'Payable = net + VAT + rounding. Rounding is stated in its own field.',
  },
  'CSV-ROUNDING': {
    message: 'The rounding {value} is more than 0.50.',
    hint: 'Rounding goes to the nearest whole krona.',
  },
  'CSV-KIND-SIGN': {
    message: 'The document is called an invoice but is negative.',
    hint: 'State a credit note, or leave the kind empty and the sign decides.',
  },
  'CSV-TOO-MANY-LINES': {
    message: 'The invoice has more than {maxLines} lines.',
    hint: 'Divide the invoice or sum up lines.',
  },
});
