import { error, warning } from './declaration.ts';

/** Findings of the bank's files and of those that it gets. */
export const bankCodes = {
  // Of the bank's account reports in ISO 20022 (camt) and their form; the checks B1 to B9 of reference/iso20022.md §2.10.
  'BANK-TWO-DOCUMENTS': error('ISO 20022'),
  'BANK-PART-SIZE': error('intake', 'maximum'),
  'CAMT-ALIEN': error('ISO 20022'),
  'CAMT-NAMESPACE': error('ISO 20022'),
  'CAMT-BY-STRUCTURE': warning('ISO 20022'),
  'CAMT-VERSION': warning('ISO 20022'),
  'CAMT-ROOT': error('ISO 20022', 'namespace', 'message'),
  'CAMT-NO-BLOCKS': error('ISO 20022'),
  'CAMT-MISSING': error('ISO 20022'),
  'CAMT-ENTRY-ORDER': error('ISO 20022', 'maximum'),
  'CAMT-ENTRY-UNREADABLE': error('ISO 20022'),
  'CAMT-STATUS': warning('ISO 20022'),
  'CAMT-TRANSACTION-AMOUNT': error('ISO 20022'),
  'CAMT-ENTRY-SUM': error('B7', 'sum', 'difference'),
  'CAMT-CHARGES': warning('B7', 'sum', 'difference'),
  'CAMT-SIGN': warning('ISO 20022'),
  'CAMT-BATCH': warning('B8', 'counted'),
  'CAMT-PARTS-SUM': warning('B9', 'ordinal', 'parts'),
  'CAMT-CURRENCY': error('ISO 20022', 'currency'),
  'CAMT-BALANCE': error('B1', 'opening', 'expected', 'difference'),
  'CAMT-NO-BALANCE': warning('B1'),
  'CAMT-OPENING-DIFFERS': warning('B3', 'opening'),
  'CAMT-TOTALS': warning('B4–B6', 'counted'),

  // Of a bank file beside its content: accounts, earlier files, and what could not be tied.
  'BANK-HELD-WHOLE': error('IB3'),
  'BANK-ACCOUNT-UNKNOWN': error('XB4'),
  'BANK-CURRENCY': error('XB4', 'account', 'currency'),
  'BANK-CHAIN-GAP': error('IB3', 'account', 'last', 'expected'),
  'BANK-CHAIN-NOTED': warning('B2', 'account', 'last', 'expected'),
  'BANK-MESSAGE-AGAIN': warning('L2'),
  'BANK-NOT-TIED': warning('F33', 'amount', 'reason'),

  // Of payments out: the payment files that we write (pain.001), and the bank's status reports about them (pain.002).
  'PAIN-ALIEN': error('ISO 20022'),
  'PAIN-MISSING': error('ISO 20022'),
  'PAIN-UNKNOWN-MESSAGE': error('ISO 20022', 'expected'),
  'PAIN-UNKNOWN-PAYMENT': warning('ISO 20022'),
  'PAIN-REJECTED-AFTER-DEBIT': error('iso20022 §7 rule 3', 'status', 'state'),
  'PAIN-REJECTED-WHOLE': warning('ISO 20022', 'listed', 'transactions'),
  'PAY-IDENTIFIER': error('pain.001'),
  'PAY-AMOUNT': error('pain.001'),
  'PAY-ACCOUNT': error('pain.001'),
  'PAY-PARTY': error('pain.001'),
  'PAY-REMITTANCE': error('pain.001'),
  'PAY-DATE': error('pain.001'),
  'PAY-LIMIT': error('pain.001', 'maximum'),
  'PAY-GROUP': error('pain.001'),
};
