import { error, warning } from './declaration.ts';

/** Findings of received files before anything in them is understood. */
export const fileCodes = {
  // Of files as a whole: what lies outside their content, in agreements, in earlier files, in the way they were delivered.
  'FILE-ALIEN': error('intake', 'kind'),
  'FILE-NAME-UNSAFE': error('intake', 'reason'),
  'FILE-NOT-TRUSTED': error('intake', 'reason'),
  'FILE-REPEATED': warning('IF4', 'earlier', 'number', 'name'),
  'FILE-NO-AGREEMENT': error('F01'),
  'FILE-NO-DOCUMENTS': error('intake'),
  'FILE-REFUSED-WHOLE': error('agreement'),
  'FILE-TOO-MANY-DOCUMENTS': error('limit'),
  'FILE-TOO-MANY-FINDINGS': warning('limit'),
  'FILE-EMPTY': error('intake'),
  'FILE-TOO-LARGE': error('intake', 'maxBytes'),

  // Of bytes that are not text in the agreed encoding (reliability.md XC1).
  'TEXT-NOT-UTF-8': error('RFC 3629', 'offset', 'hintEncoding'),
  'TEXT-LOOKS-UTF-8': error('RFC 3629', 'encoding', 'offset'),
  'TEXT-UTF-16': error('RFC 2781', 'encoding'),
  'TEXT-NUL': error('intake', 'offset'),
  'TEXT-NO-CHARACTER': error('intake', 'offset', 'byte', 'encoding'),
  'TEXT-MARK-INSIDE': error('RFC 3629 §6', 'offset'),
  'TEXT-CONTROL-REMOVED': warning('XML 1.0 §2.2'),

  // Of files of fixed-width records.
  'FIXED-LENGTH': error('format', 'length', 'expected'),
  'FIXED-RECORD': error('format'),
  'FIXED-FIELD': error('format', 'record', 'last', 'form'),

  // Of XML files: their form, their limits, and UBL documents whose terms cannot be read.
  'XML-DOCTYPE': error('intake'),
  'XML-NOT-WELL-FORMED': error('XML 1.0', 'reason'),
  'XML-TRUNCATED': error('XML 1.0 §2.1', 'reason'),
  'XML-TOO-DEEP': error('intake', 'maximum'),
  'XML-TOO-MANY-ATTRIBUTES': error('intake', 'maximum'),
  'XML-TOO-MANY-ELEMENTS': error('intake', 'maximum'),
  'XML-TEXT-TOO-LONG': error('intake', 'maximum'),
  'XML-PROLOG': error('intake', 'maximum'),
  'XML-ENCODING': error('XML 1.0 §4.3.3', 'declared', 'agreed'),
  'XML-ROOT': error('XML namespaces'),
  'XML-MISSING': error('EN 16931'),
  'XML-REPEATED': error('UBL-SR'),
  'XML-NOT-A-DATE': error('PEPPOL-EN16931-F001'),
  'XML-NOT-A-NUMBER': error('XSD decimal'),
  'XML-NOT-A-FLAG': error('PEPPOL-EN16931-R043'),
  'XML-AMOUNT-DECIMALS': error('BR-DEC'),
  'XML-AMOUNT-TOO-LARGE': error('intake'),
  'XML-CURRENCY': error('PEPPOL-EN16931-R051', 'currency'),
  'XML-NOT-ALLOWED': error('EN 16931', 'allowed'),
  'XML-NOT-READ': warning('UBL-CR'),
  'XML-EMPTY': warning('PEPPOL-EN16931-R008'),
};
