import type { FindingCode } from '../finding.ts';

/** Findings about the bank's files in ISO 20022: account reports (camt) and their form; the checks B1 to B9 of reference/iso20022.md §2.10. */
export const bankCodes = {
  'BANK-TWO-DOCUMENTS': {
    severity: 'error',
    rule: 'ISO 20022',
    message: {
      sv: 'Filen innehåller mer än ett meddelande: {field} står två gånger.',
      en: 'The file holds more than one message: {field} stands twice.',
    },
    hint: {
      sv: 'Be banken skicka varje meddelande i en egen fil.',
      en: 'Ask the bank to send each message in a file of its own.',
    },
  },
  'BANK-PART-SIZE': {
    severity: 'error',
    rule: 'intake',
    message: {
      sv: '{field} har fler än {maximum} underordnade element.',
      en: '{field} has more than {maximum} elements below it.',
    },
    hint: {
      sv: 'En enskild post eller transaktion är aldrig så stor; kontrollera filen med banken.',
      en: 'No single part is ever that large; check the file with the bank.',
    },
  },
  'CAMT-ALIEN': {
    severity: 'error',
    rule: 'ISO 20022',
    message: {
      sv: 'Filen är ingen kontorapport (camt.052, camt.053 eller camt.054): {value}',
      en: 'The file is no account report (camt.052, camt.053 or camt.054): {value}',
    },
    hint: {
      sv: 'Kontrollera vilken filtyp som banken skickar till denna mapp.',
      en: 'Check which kind of file the bank sends to this folder.',
    },
  },
  'CAMT-NAMESPACE': {
    severity: 'error',
    rule: 'ISO 20022',
    message: {
      sv: 'Filens namnrymd är ingen av ISO 20022: "{value}".',
      en: 'The file\'s namespace is none of ISO 20022: "{value}".',
    },
    hint: {
      sv: 'Be banken följa standarden, eller avtala att avsändarens filer läses efter sin struktur.',
      en: "Ask the bank to keep to the standard, or agree that the sender's files are read by their structure.",
    },
  },
  'CAMT-BY-STRUCTURE': {
    severity: 'warning',
    rule: 'ISO 20022',
    message: {
      sv: 'Filen läses enligt avtal efter sin struktur; namnrymden är "{value}".',
      en: 'The file is read by its structure, as agreed; its namespace is "{value}".',
    },
    hint: {
      sv: 'Jämför summorna med bankens besked innan filen bokförs.',
      en: "Compare the sums with the bank's own before the file is posted.",
    },
  },
  'CAMT-VERSION': {
    severity: 'warning',
    rule: 'ISO 20022',
    message: {
      sv: 'Versionen {value} läses men är inte provad; de provade är 02, 04 och 08.',
      en: 'The version {value} is read but not certified; 02, 04 and 08 are.',
    },
    hint: {
      sv: 'Jämför den första filens summor med bankens besked.',
      en: "Compare the first file's sums with the bank's own.",
    },
  },
  'CAMT-ROOT': {
    severity: 'error',
    rule: 'ISO 20022',
    message: {
      sv: 'Namnrymden säger {namespace}, men {value} hör till {message}.',
      en: 'The namespace says {namespace}, but {value} belongs to {message}.',
    },
    hint: {
      sv: 'Be banken skapa filen på nytt.',
      en: 'Ask the bank to produce the file anew.',
    },
  },
  'CAMT-NO-BLOCKS': {
    severity: 'error',
    rule: 'ISO 20022',
    message: {
      sv: 'Filen innehåller inget konto: varken Stmt, Ntfctn eller Rpt.',
      en: 'The file holds no account: neither Stmt, Ntfctn nor Rpt.',
    },
    hint: {
      sv: 'Fråga banken om filen är hel; en dag utan rörelser har ändå ett konto.',
      en: 'Ask the bank whether the file is whole; a day without movements still has an account.',
    },
  },
  'CAMT-MISSING': {
    severity: 'error',
    rule: 'ISO 20022',
    message: {
      sv: '{field} saknas; utan det kan filen inte kännas igen eller föras till ett konto.',
      en: '{field} is missing; without it the file cannot be recognised or brought to an account.',
    },
    hint: {
      sv: 'Be banken skapa filen på nytt.',
      en: 'Ask the bank to produce the file anew.',
    },
  },
  'CAMT-ENTRY-ORDER': {
    severity: 'error',
    rule: 'ISO 20022',
    message: {
      sv: '{field} kommer efter fler än {maximum} element av postens transaktioner.',
      en: "{field} comes after more than {maximum} elements of the entry's transactions.",
    },
    hint: {
      sv: 'Be banken följa schemats ordning: postens egna uppgifter före NtryDtls.',
      en: "Ask the bank to keep to the schema's order: the entry's own terms before NtryDtls.",
    },
  },
  'CAMT-ENTRY-UNREADABLE': {
    severity: 'error',
    rule: 'ISO 20022',
    message: {
      sv: '{field} kan inte läsas: "{value}". Posten hoppas över och kontots del av filen hålls kvar.',
      en: '{field} cannot be read: "{value}". The entry is passed over and the account\'s part of the file is held.',
    },
    hint: {
      sv: 'Belopp skrivs utan tecken, med högst två decimaler av betydelse, i en valuta som stöds. Fråga banken vad som avses.',
      en: 'Amounts are written without a sign, with two decimals of meaning at most, in a supported currency. Ask the bank what is meant.',
    },
  },
  'CAMT-STATUS': {
    severity: 'warning',
    rule: 'ISO 20022',
    message: {
      sv: 'Postens status är okänd: "{value}". Den bokförs inte.',
      en: 'The entry\'s status is unknown: "{value}". It is not posted.',
    },
    hint: {
      sv: 'Kända är BOOK, PDNG, INFO och FUTR. Fråga banken vad statusen betyder.',
      en: 'Known are BOOK, PDNG, INFO and FUTR. Ask the bank what the status means.',
    },
  },
  'CAMT-TRANSACTION-AMOUNT': {
    severity: 'error',
    rule: 'ISO 20022',
    message: {
      sv: 'Transaktionen har inget belopp i kontots valuta som kan läsas: "{value}". Hela posten går till observationskontot.',
      en: 'The transaction has no readable amount in the account\'s currency: "{value}". The whole entry goes to suspense.',
    },
    hint: {
      sv: 'Fördela posten för hand, eller be banken ange belopp per transaktion.',
      en: 'Allocate the entry by hand, or ask the bank to state an amount for each transaction.',
    },
  },
  'CAMT-ENTRY-SUM': {
    severity: 'error',
    rule: 'B7',
    message: {
      sv: 'Transaktionerna är {sum} tillsammans, posten {value}; skillnaden är {difference}. Hela posten går till observationskontot.',
      en: 'The transactions add up to {sum}, the entry is {value}; the difference is {difference}. The whole entry goes to suspense.',
    },
    hint: {
      sv: 'Fördela posten för hand med transaktionerna som förslag, och fråga banken.',
      en: 'Allocate the entry by hand with the transactions as proposals, and ask the bank.',
    },
  },
  'CAMT-CHARGES': {
    severity: 'warning',
    rule: 'B7',
    message: {
      sv: 'Transaktionerna är {sum} tillsammans, posten {value}; skillnaden {difference} är bankens avgifter.',
      en: "The transactions add up to {sum}, the entry is {value}; the difference {difference} is the bank's charges.",
    },
    hint: {
      sv: 'Skillnaden bokförs som bankkostnad.',
      en: 'The difference is posted as bank cost.',
    },
  },
  'CAMT-SIGN': {
    severity: 'warning',
    rule: 'ISO 20022',
    message: {
      sv: 'Postens enda transaktion har motsatt tecken: {value}. Postens tecken gäller.',
      en: "The entry's only transaction has the opposite sign: {value}. The entry's sign holds.",
    },
    hint: {
      sv: 'Ingen åtgärd; meddela banken.',
      en: 'Nothing to do; tell the bank.',
    },
  },
  'CAMT-BATCH': {
    severity: 'warning',
    rule: 'B8',
    message: {
      sv: '{field} är {value}, men räknat blir det {counted}.',
      en: '{field} is {value}, but counting gives {counted}.',
    },
    hint: {
      sv: 'Kontrollera att inga transaktioner saknas i filen.',
      en: 'Check that no transactions are missing in the file.',
    },
  },
  'CAMT-PARTS-SUM': {
    severity: 'warning',
    rule: 'B9',
    message: {
      sv: 'Betalarens delar av transaktion {ordinal} är {parts} tillsammans, transaktionen {value}.',
      en: "The payer's parts of transaction {ordinal} add up to {parts}, the transaction is {value}.",
    },
    hint: {
      sv: 'Fördela betalningen för hand om den inte prickas av på en enda referens.',
      en: 'Allocate the payment by hand unless it is matched by a single reference.',
    },
  },
  'CAMT-CURRENCY': {
    severity: 'error',
    rule: 'ISO 20022',
    message: {
      sv: 'Posten är i {value}, kontot i {currency}.',
      en: 'The entry is in {value}, the account in {currency}.',
    },
    hint: {
      sv: 'Fråga banken; summorna för kontot kan inte kontrolleras.',
      en: 'Ask the bank; the sums of the account cannot be checked.',
    },
  },
  'CAMT-BALANCE': {
    severity: 'error',
    rule: 'B1',
    message: {
      sv: 'Ingående saldo {opening} och bokförda poster ger {expected}, men utgående saldo är {value}; skillnaden är {difference}.',
      en: 'The opening balance {opening} and the booked entries make {expected}, but the closing balance is {value}; the difference is {difference}.',
    },
    hint: {
      sv: 'Poster saknas eller är för många. Begär kontoutdraget på nytt; inget av det bokförs.',
      en: 'Entries are missing or too many. Request the statement again; nothing of it is posted.',
    },
  },
  'CAMT-NO-BALANCE': {
    severity: 'warning',
    rule: 'B1',
    message: {
      sv: 'Kontoutdraget saknar {field}; det kan inte kontrolleras mot sina poster.',
      en: 'The statement lacks {field}; it cannot be checked against its entries.',
    },
    hint: {
      sv: 'Be banken om kontoutdrag med ingående och utgående bokfört saldo.',
      en: 'Ask the bank for statements with opening and closing booked balances.',
    },
  },
  'CAMT-OPENING-DIFFERS': {
    severity: 'warning',
    rule: 'B3',
    message: {
      sv: 'Ingående saldo är {opening}, men föregående utgående saldo {value}.',
      en: 'The opening balance is {opening}, but the previous closing balance {value}.',
    },
    hint: {
      sv: 'Kontrollera att inget kontoutdrag saknas däremellan.',
      en: 'Check that no statement is missing between them.',
    },
  },
  'CAMT-TOTALS': {
    severity: 'warning',
    rule: 'B4–B6',
    message: {
      sv: '{field} är {value}; räknat över bokförda poster och över alla blir det {counted}.',
      en: '{field} is {value}; counting gives {counted} over the booked entries and over all.',
    },
    hint: {
      sv: 'Jämför med bankens besked; saldona avgör.',
      en: "Compare with the bank's own figures; the balances decide.",
    },
  },
} as const satisfies Record<string, FindingCode>;
