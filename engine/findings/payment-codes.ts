import type { FindingCode } from '../finding.ts';

/** Findings about payments out: the payment files that we write (pain.001), and the bank's status reports about them (pain.002). */
export const paymentCodes = {
  'PAIN-ALIEN': {
    severity: 'error',
    rule: 'ISO 20022',
    message: {
      sv: 'Filen är ingen statusrapport för betalningar (pain.002): "{value}"',
      en: 'The file is no payment status report (pain.002): "{value}"',
    },
    hint: {
      sv: 'Kontrollera vilken filtyp som banken skickar till denna mapp.',
      en: 'Check which kind of file the bank sends to this folder.',
    },
  },
  'PAIN-MISSING': {
    severity: 'error',
    rule: 'ISO 20022',
    message: {
      sv: '{field} saknas; utan det kan rapporten inte föras till en betalfil.',
      en: '{field} is missing; without it the report cannot be brought to a payment file.',
    },
    hint: {
      sv: 'Be banken skapa filen på nytt.',
      en: 'Ask the bank to produce the file anew.',
    },
  },
  'PAIN-UNKNOWN-MESSAGE': {
    severity: 'error',
    rule: 'ISO 20022',
    message: {
      sv: 'Rapporten gäller betalfilen {value}, inte {expected}.',
      en: 'The report is about the payment file {value}, not {expected}.',
    },
    hint: {
      sv: 'Den kan höra till ett annat system med samma bankavtal; lägg den åt sidan.',
      en: 'It may belong to another system under the same bank agreement; put it aside.',
    },
  },
  'PAIN-UNKNOWN-PAYMENT': {
    severity: 'warning',
    rule: 'ISO 20022',
    message: {
      sv: 'Rapporten nämner {value}, som inte finns i betalfilen.',
      en: 'The report names {value}, which is not in the payment file.',
    },
    hint: {
      sv: 'Fråga banken vad som avses; våra betalningar berörs inte.',
      en: 'Ask the bank what is meant; our payments are not concerned.',
    },
  },
  'PAIN-REJECTED-AFTER-DEBIT': {
    severity: 'error',
    rule: 'iso20022 §7 rule 3',
    message: {
      sv: 'Banken avvisar betalning {value} ({status}), men den är {state} hos oss: pengarna har redan lämnat kontot.',
      en: 'The bank rejects payment {value} ({status}), but here it is {state}: the money has already left the account.',
    },
    hint: {
      sv: 'Inget har ändrats. Fråga banken; kommer pengarna tillbaka bokförs det från kontoutdraget.',
      en: 'Nothing was changed. Ask the bank; if the money comes back it is booked from the account report.',
    },
  },
  'PAIN-REJECTED-WHOLE': {
    severity: 'warning',
    rule: 'ISO 20022',
    message: {
      sv: 'Betalningen {value} är avvisad, men bara {listed} av {transactions} transaktioner räknas upp. Alla räknas som avvisade.',
      en: 'The payment {value} is rejected, but only {listed} of {transactions} transactions are listed. All count as rejected.',
    },
    hint: {
      sv: 'Kontrollera med banken innan utbetalningarna görs om.',
      en: 'Check with the bank before the payouts are made again.',
    },
  },
  'PAY-IDENTIFIER': {
    severity: 'error',
    rule: 'pain.001',
    message: {
      sv: 'Identiteten "{value}" i {field} kan inte användas: högst 35 tecken av A–Z, 0–9 och bindestreck, och aldrig två gånger.',
      en: 'The identifier "{value}" in {field} cannot be used: 35 characters of A–Z, 0–9 and hyphen at most, and never twice.',
    },
    hint: {
      sv: 'Kontrollera hur utbetalningens identiteter bildas.',
      en: 'Check how the identifiers of the payout are made.',
    },
  },
  'PAY-AMOUNT': {
    severity: 'error',
    rule: 'pain.001',
    message: {
      sv: 'Beloppet {value} för {field} kan inte betalas ut.',
      en: 'The amount {value} for {field} cannot be paid out.',
    },
    hint: {
      sv: 'Ett utbetalt belopp är större än noll och under gränsen.',
      en: 'An amount paid out is greater than zero and below the limit.',
    },
  },
  'PAY-ACCOUNT': {
    severity: 'error',
    rule: 'pain.001',
    message: {
      sv: 'Kontot "{value}" för {field} finns inte: fel form eller kontrollsiffra.',
      en: 'The account "{value}" for {field} does not exist: wrong form or check digit.',
    },
    hint: {
      sv: 'Rätta mottagarens konto i konfigurationen eller reskontran.',
      en: "Correct the receiver's account in the configuration or ledger.",
    },
  },
  'PAY-PARTY': {
    severity: 'error',
    rule: 'pain.001',
    message: {
      sv: '{field} saknar namn, ort eller land som banken kan ta emot: "{value}".',
      en: '{field} lacks a name, town or country that the bank can take: "{value}".',
    },
    hint: {
      sv: 'Fyll i namn, ort och landskod; banken avvisar betalningar utan dem från november 2026.',
      en: 'Fill in name, town and country code; banks refuse payments without them from November 2026.',
    },
  },
  'PAY-REMITTANCE': {
    severity: 'error',
    rule: 'pain.001',
    message: {
      sv: 'Meddelandet till mottagaren för {field} kan inte skickas: "{value}".',
      en: 'The remittance for {field} cannot be sent: "{value}".',
    },
    hint: {
      sv: 'Ett OCR-nummer har rätt kontrollsiffra; dokument är minst två med summan lika med beloppet; text är högst 140 tecken.',
      en: 'An OCR reference has a right check digit; documents are two at least and add up to the amount; a text has 140 characters at most.',
    },
  },
  'PAY-DATE': {
    severity: 'error',
    rule: 'pain.001',
    message: {
      sv: 'Betalningsdagen {value} för {field} är ingen bankdag.',
      en: 'The execution date {value} for {field} is no bank day.',
    },
    hint: {
      sv: 'Välj närmaste bankdag.',
      en: 'Choose the nearest bank day.',
    },
  },
  'PAY-LIMIT': {
    severity: 'error',
    rule: 'pain.001',
    message: {
      sv: '{field} har {value} poster; tillåtet är 1 till {maximum}.',
      en: '{field} has {value} items; 1 to {maximum} are allowed.',
    },
    hint: {
      sv: 'Dela upp utbetalningen på flera filer.',
      en: 'Divide the payout among several files.',
    },
  },
  'PAY-GROUP': {
    severity: 'error',
    rule: 'pain.001',
    message: {
      sv: 'Betalningen {field} delar dag, konto och valuta med en annan, eller har en mottagare som kontot inte får betala till: {value}',
      en: 'The payment {field} shares date, account and currency with another one, or has a receiver that its account may not pay to: {value}',
    },
    hint: {
      sv: 'En betalning till bankgiro kräver att avsändarens konto också anges som bankgiro.',
      en: "A payment to a bankgiro requires that the sender's account is given as a bankgiro as well.",
    },
  },
} as const satisfies Record<string, FindingCode>;
