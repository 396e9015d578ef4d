import { textsOf } from '../../declaration.ts';
import { fileCodes } from '../../files.ts';

export const fileTexts = textsOf(fileCodes, {
  'FILE-ALIEN': {
    message: 'The file is of another kind ({kind}) than agreed and was put into quarantine.',
    hint: 'Send the invoice file itself, unpacked and in the agreed format.',
  },
  'FILE-NAME-UNSAFE': {
    message: 'The file name cannot be accepted ({reason}); the file was put into quarantine unread.',
    hint: 'Use letters, digits, dot, hyphen and underscore, at most 200 bytes, and send the file again.',
  },
  'FILE-NOT-TRUSTED': {
    message: 'The file was changed or replaced after it was taken ({reason}) and was put into quarantine.',
    hint: 'Send the file again under a temporary name and rename it when it is whole.',
  },
  'FILE-REPEATED': {
    message: 'The same content came {earlier} as file {number} ({name}). Nothing was booked a second time.',
    hint: 'Nothing needs to be done. If these are other invoices, produce the file again.',
  },
  'FILE-NO-AGREEMENT': {
    message: 'No agreement is in force on {value}; the file is parked and nothing was booked.',
    hint: 'The bureau takes the file in as soon as an agreement is in force; it need not be sent again.',
  },
  'FILE-NO-DOCUMENTS': {
    message: 'The file contains no invoices.',
    hint: 'Check the selection in the billing system.',
  },
  'FILE-REFUSED-WHOLE': {
    message: '{value} invoices were refused, and by agreement the whole file is then refused. Nothing was booked.',
    hint: 'Correct the invoices and send the whole file again.',
  },
  'FILE-TOO-MANY-DOCUMENTS': {
    message: 'The file has more than {value} invoices; nothing was booked.',
    hint: 'Split it into several files.',
  },
  'FILE-TOO-MANY-FINDINGS': {
    message: 'The file has more than {value} findings; the others are not listed.',
    hint: 'Start with the first: so many usually come from one mistake in the layout of the file.',
  },
  'FILE-EMPTY': {
    message: 'The file is empty.',
    hint: 'Produce the file again and send it again.',
  },
  'FILE-TOO-LARGE': {
    message: 'The file is larger than {maxBytes} bytes.',
    hint: 'Divide the invoices among several files.',
  },
  'TEXT-NOT-UTF-8': {
    message:
      'The agreed encoding is UTF-8, but byte {offset} on line {line} is not UTF-8 (hex {value}). The file looks like {hintEncoding}.',
    hint: 'Export the file in the agreed encoding and send it again, or ask us to change the encoding in the agreement.',
  },
  'TEXT-LOOKS-UTF-8': {
    message:
      'The agreed encoding is {encoding}, but byte {offset} on line {line} shows that the file is UTF-8; å, ä and ö would become Ã¥, Ã¤ and Ã¶.',
    hint: 'Export the file in the agreed encoding and send it again, or ask us to change the encoding in the agreement.',
  },
  'TEXT-UTF-16': {
    message: 'The file is UTF-16 ("Unicode text"); the agreed encoding is {encoding}.',
    hint: 'Export the file in the agreed encoding and send it again, or ask us to change the encoding in the agreement.',
  },
  'TEXT-NUL': {
    message: 'The file holds a NUL at byte {offset} on line {line}; a text file never does.',
    hint: 'The file is damaged or no text file. Produce it again and check the transfer (binary mode).',
  },
  'TEXT-NO-CHARACTER': {
    message: 'Byte {offset} on line {line} (hex {byte}) is no printable character in {encoding}.',
    hint: 'Export the file in the agreed encoding and send it again, or ask us to change the encoding in the agreement.',
  },
  'TEXT-MARK-INSIDE': {
    message: 'A byte order mark stands inside the file, at byte {offset} on line {line}: two files were probably joined.',
    hint: 'Send the files one by one.',
  },
  'TEXT-CONTROL-REMOVED': {
    message: 'Control characters that can neither be printed nor sent electronically were removed from the field {field}.',
    hint: 'Clean the text in the source system.',
  },
  'FIXED-LENGTH': {
    message: 'Line {line} is {length} characters long; the record has {expected}.',
    hint: 'Send the file as it was made: the filling at the end of the lines belongs to the records and must not be removed.',
  },
  'FIXED-RECORD': {
    message: 'Line {line} does not begin like any record of the format: "{value}".',
    hint: 'Check that the file is in the agreed format and that the line is whole.',
  },
  'FIXED-FIELD': {
    message: 'The field {field} of the record {record} (position {column}–{last}) is "{value}"; it must be {form}.',
    hint: 'Correct the value in the source system. If several fields in a row are wrong, the line is probably shifted.',
  },
  'XML-DOCTYPE': {
    message: 'The file holds a DOCTYPE. None is ever accepted: they can fetch foreign files and grow without limit.',
    hint: 'Remove the DOCTYPE; invoices in UBL have none.',
  },
  'XML-NOT-WELL-FORMED': {
    message: 'The file is not well-formed XML on line {line}: {reason}',
    hint: 'Produce the file by an XML library, not by text templates.',
  },
  'XML-TRUNCATED': {
    message: 'The file ends inside the document, on line {line}: {reason}',
    hint: 'Send the whole file again.',
  },
  'XML-TOO-DEEP': {
    message: 'Elements are nested deeper than {maximum} levels.',
    hint: 'An invoice has ten levels at most; check how the file is produced.',
  },
  'XML-TOO-MANY-ATTRIBUTES': {
    message: 'An element has more than {maximum} attributes.',
    hint: 'Check how the file is produced.',
  },
  'XML-TOO-MANY-ELEMENTS': {
    message: 'The file has more than {maximum} elements.',
    hint: 'Divide the content among several files.',
  },
  'XML-TEXT-TOO-LONG': {
    message: 'A text, comment or tag is longer than {maximum} characters.',
    hint: 'Reduce the attachments.',
  },
  'XML-PROLOG': {
    message: 'More than {maximum} characters stand before the root element.',
    hint: 'Remove comments before the root element.',
  },
  'XML-ENCODING': {
    message: 'The file declares itself as {declared}, the agreed encoding is {agreed}.',
    hint: 'Write the file in the agreed encoding and declare that one.',
  },
  'XML-ROOT': {
    message: 'The root element {value} is no invoice that the agreement covers.',
    hint: 'Send a UBL Invoice or CreditNote by Peppol BIS Billing 3.0, in the right namespace.',
  },
  'XML-MISSING': {
    message: '{field} is missing.',
    hint: 'Fill it in in the source system; without it the document is no invoice.',
  },
  'XML-REPEATED': {
    message: '{field} stands several times; only one is allowed.',
    hint: 'Join the texts, or keep the one that holds.',
  },
  'XML-NOT-A-DATE': {
    message: '{field} is not a date: "{value}".',
    hint: 'Write YYYY-MM-DD without time and zone. The day must exist, between 1990 and 2100.',
  },
  'XML-NOT-A-NUMBER': {
    message: '{field} is not a number: "{value}".',
    hint: 'Write digits with a decimal point, without blanks and exponent.',
  },
  'XML-NOT-A-FLAG': {
    message: '{field} is neither true nor false: "{value}".',
    hint: 'Write true for a charge, false for an allowance.',
  },
  'XML-AMOUNT-DECIMALS': {
    message: '{field} has more than two decimals: {value}.',
    hint: 'Round the amount to two decimals. Prices and quantities may have more.',
  },
  'XML-AMOUNT-TOO-LARGE': {
    message: '{field} is unreasonably large: {value}.',
    hint: 'Check the decimal point and the unit.',
  },
  'XML-CURRENCY': {
    message: '{field} is in the currency "{value}", the invoice in {currency}.',
    hint: "All amounts are stated in the invoice's currency; only the VAT total may stand in the accounting currency as well.",
  },
  'XML-NOT-ALLOWED': {
    message: '{field} has a value that is not allowed: "{value}".',
    hint: 'Allowed: {allowed}',
  },
  'XML-NOT-READ': {
    message: '{field} is not part of Peppol BIS Billing 3.0 and was not read: "{value}".',
    hint: 'Move it to a term that is, such as Note, if the receiver needs it.',
  },
  'XML-EMPTY': {
    message: '{field} is empty and counts as absent.',
    hint: 'Leave out empty elements.',
  },
});
