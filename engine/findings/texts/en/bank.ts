import { textsOf } from '../../declaration.ts';
import { bankCodes } from '../../bank.ts';

export const bankTexts = textsOf(bankCodes, {
  'BANK-TWO-DOCUMENTS': {
    message: 'The file holds more than one message: {field} stands twice.',
    hint: 'Ask the bank to send each message in a file of its own.',
  },
  'BANK-PART-SIZE': {
    message: '{field} has more than {maximum} elements below it.',
    hint: 'No single part is ever that large; check the file with the bank.',
  },
  'CAMT-ALIEN': {
    message: 'The file is no account report (camt.052, camt.053 or camt.054): {value}',
    hint: 'Check which kind of file the bank sends to this folder.',
  },
  'CAMT-NAMESPACE': {
    message: 'The file\'s namespace is none of ISO 20022: "{value}".',
    hint: "Ask the bank to keep to the standard, or agree that the sender's files are read by their structure.",
  },
  'CAMT-BY-STRUCTURE': {
    message: 'The file is read by its structure, as agreed; its namespace is "{value}".',
    hint: "Compare the sums with the bank's own before the file is posted.",
  },
  'CAMT-VERSION': {
    message: 'The version {value} is read but not certified; 02, 04 and 08 are.',
    hint: "Compare the first file's sums with the bank's own.",
  },
  'CAMT-ROOT': {
    message: 'The namespace says {namespace}, but {value} belongs to {message}.',
    hint: 'Ask the bank to produce the file anew.',
  },
  'CAMT-NO-BLOCKS': {
    message: 'The file holds no account: neither Stmt, Ntfctn nor Rpt.',
    hint: 'Ask the bank whether the file is whole; a day without movements still has an account.',
  },
  'CAMT-MISSING': {
    message: '{field} is missing; without it the file cannot be recognised or brought to an account.',
    hint: 'Ask the bank to produce the file anew.',
  },
  'CAMT-ENTRY-ORDER': {
    message: "{field} comes after more than {maximum} elements of the entry's transactions.",
    hint: "Ask the bank to keep to the schema's order: the entry's own terms before NtryDtls.",
  },
  'CAMT-ENTRY-UNREADABLE': {
    message: '{field} cannot be read: "{value}". The entry is passed over and the account\'s part of the file is held.',
    hint: 'Amounts are written without a sign, with two decimals of meaning at most, in a supported currency. Ask the bank what is meant.',
  },
  'CAMT-STATUS': {
    message: 'The entry\'s status is unknown: "{value}". It is not posted.',
    hint: 'Known are BOOK, PDNG, INFO and FUTR. Ask the bank what the status means.',
  },
  'CAMT-TRANSACTION-AMOUNT': {
    message: 'The transaction has no readable amount in the account\'s currency: "{value}". The whole entry goes to suspense.',
    hint: 'Allocate the entry by hand, or ask the bank to state an amount for each transaction.',
  },
  'CAMT-ENTRY-SUM': {
    message:
      'The transactions add up to {sum}, the entry is {value}; the difference is {difference}. The whole entry goes to suspense.',
    hint: 'Allocate the entry by hand with the transactions as proposals, and ask the bank.',
  },
  'CAMT-CHARGES': {
    message: "The transactions add up to {sum}, the entry is {value}; the difference {difference} is the bank's charges.",
    hint: 'The difference is posted as bank cost.',
  },
  'CAMT-SIGN': {
    message: "The entry's only transaction has the opposite sign: {value}. The entry's sign holds.",
    hint: 'Nothing to do; tell the bank.',
  },
  'CAMT-BATCH': {
    message: '{field} is {value}, but counting gives {counted}.',
    hint: 'Check that no transactions are missing in the file.',
  },
  'CAMT-PARTS-SUM': {
    message: "The payer's parts of transaction {ordinal} add up to {parts}, the transaction is {value}.",
    hint: 'Allocate the payment by hand unless it is matched by a single reference.',
  },
  'CAMT-CURRENCY': {
    message: 'The entry is in {value}, the account in {currency}.',
    hint: 'Ask the bank; the sums of the account cannot be checked.',
  },
  'CAMT-BALANCE': {
    message:
      'The opening balance {opening} and the booked entries make {expected}, but the closing balance is {value}; the difference is {difference}.',
    hint: 'Entries are missing or too many. Request the statement again; nothing of it is posted.',
  },
  'CAMT-NO-BALANCE': {
    message: 'The statement lacks {field}; it cannot be checked against its entries.',
    hint: 'Ask the bank for statements with opening and closing booked balances.',
  },
  'CAMT-OPENING-DIFFERS': {
    message: 'The opening balance is {opening}, but the previous closing balance {value}.',
    hint: 'Check that no statement is missing between them.',
  },
  'CAMT-TOTALS': {
    message: '{field} is {value}; counting gives {counted} over the booked entries and over all.',
    hint: "Compare with the bank's own figures; the balances decide.",
  },
  'BANK-HELD-WHOLE': {
    message: 'The file does not add up ({value} errors above): it is held whole and nothing was booked.',
    hint: 'Ask the bank for a corrected file; once it is cleared up the file can be tried again with kuvert file retry.',
  },
  'BANK-ACCOUNT-UNKNOWN': {
    message: 'Account {value} is none of the bureau’s accounts; that part of the file is held.',
    hint: 'Add the account to config/bank-accounts.yaml and try the file again, or tell the bank that the file went astray.',
  },
  'BANK-CURRENCY': {
    message: 'The file has {value} on account {account}, which is kept in {currency}; that part of the file is held.',
    hint: 'Check the account with the bank.',
  },
  'BANK-CHAIN-GAP': {
    message:
      'The statement of {account} begins with {value}, but the last one ended on {last} with {expected}: one between them is missing.',
    hint: 'Ask the bank for what is missing; the file is booked by itself when it has come.',
  },
  'BANK-CHAIN-NOTED': {
    message: 'The statement of {account} begins with {value}, but the last one ended on {last} with {expected}.',
    hint: 'The account is posted from notifications, the statement only reconciles. Ask the bank for what is missing.',
  },
  'BANK-MESSAGE-AGAIN': {
    message: 'A message with id {value} came before; what was booked then was not booked again.',
    hint: 'Nothing needs to be done.',
  },
  'BANK-NOT-TIED': {
    message: '{value} payments of {amount} in all are not tied to anything ({reason}).',
    hint: 'See them with their candidates: kuvert payment list --suspense.',
  },
  'PAIN-ALIEN': {
    message: 'The file is no payment status report (pain.002): "{value}"',
    hint: 'Check which kind of file the bank sends to this folder.',
  },
  'PAIN-MISSING': {
    message: '{field} is missing; without it the report cannot be brought to a payment file.',
    hint: 'Ask the bank to produce the file anew.',
  },
  'PAIN-UNKNOWN-MESSAGE': {
    message: 'The report is about the payment file {value}, not {expected}.',
    hint: 'It may belong to another system under the same bank agreement; put it aside.',
  },
  'PAIN-UNKNOWN-PAYMENT': {
    message: 'The report names {value}, which is not in the payment file.',
    hint: 'Ask the bank what is meant; our payments are not concerned.',
  },
  'PAIN-REJECTED-AFTER-DEBIT': {
    message: 'The bank rejects payment {value} ({status}), but here it is {state}: the money has already left the account.',
    hint: 'Nothing was changed. Ask the bank; if the money comes back it is booked from the account report.',
  },
  'PAIN-REJECTED-WHOLE': {
    message:
      'The payment {value} is rejected, but only {listed} of {transactions} transactions are listed. All count as rejected.',
    hint: 'Check with the bank before the payouts are made again.',
  },
  'PAY-IDENTIFIER': {
    message: 'The identifier "{value}" in {field} cannot be used: 35 characters of A–Z, 0–9 and hyphen at most, and never twice.',
    hint: 'Check how the identifiers of the payout are made.',
  },
  'PAY-AMOUNT': {
    message: 'The amount {value} for {field} cannot be paid out.',
    hint: 'An amount paid out is greater than zero and below the limit.',
  },
  'PAY-ACCOUNT': {
    message: 'The account "{value}" for {field} does not exist: wrong form or check digit.',
    hint: "Correct the receiver's account in the configuration or ledger.",
  },
  'PAY-PARTY': {
    message: '{field} lacks a name, town or country that the bank can take: "{value}".',
    hint: 'Fill in name, town and country code; banks refuse payments without them from November 2026.',
  },
  'PAY-REMITTANCE': {
    message: 'The remittance for {field} cannot be sent: "{value}".',
    hint: 'An OCR reference has a right check digit; documents are two at least and add up to the amount; a text has 140 characters at most.',
  },
  'PAY-DATE': {
    message: 'The execution date {value} for {field} is no bank day.',
    hint: 'Choose the nearest bank day.',
  },
  'PAY-LIMIT': {
    message: '{field} has {value} items; 1 to {maximum} are allowed.',
    hint: 'Divide the payout among several files.',
  },
  'PAY-GROUP': {
    message:
      'The payment {field} shares date, account and currency with another one, or has a receiver that its account may not pay to: {value}',
    hint: "A payment to a bankgiro requires that the sender's account is given as a bankgiro as well.",
  },
});
