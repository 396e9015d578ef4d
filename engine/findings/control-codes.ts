import type { FindingCode } from '../finding.ts';

/** Findings about orders on invoices: a client's control file, and what its orders find in the ledger. */
export const controlCodes = {
  'CTL-HEADINGS': {
    severity: 'error',
    rule: 'control file',
    message: {
      sv: 'Rubrikraden ska vara invoice;action;date;amount;reason, men är {value}.',
      en: 'The heading row must be invoice;action;date;amount;reason, but is {value}.',
    },
    hint: {
      sv: 'Skriv rubrikerna exakt så, i den ordningen, åtskilda av semikolon.',
      en: 'Write the headings exactly so, in that order, parted by semicolons.',
    },
  },
  'CTL-NO-CLOSING-ROW': {
    severity: 'error',
    rule: 'control file',
    message: {
      sv: 'Slutraden END;antal saknas: filen är troligen avkortad. Inget har utförts.',
      en: 'The closing row END;count is missing: the file is probably cut off. Nothing was carried out.',
    },
    hint: { sv: 'Skicka hela filen igen, med en slutrad sist.', en: 'Send the whole file again, with a closing row at the end.' },
  },
  'CTL-AFTER-CLOSING-ROW': {
    severity: 'error',
    rule: 'control file',
    message: {
      sv: 'Rad {line} står efter slutraden (rad {closingLine}). Inget har utförts.',
      en: 'Line {line} stands after the closing row (line {closingLine}). Nothing was carried out.',
    },
    hint: {
      sv: 'Skicka varje fil för sig, med en slutrad sist.',
      en: 'Send each file by itself, with one closing row at the end.',
    },
  },
  'CTL-CLOSING-COUNT': {
    severity: 'error',
    rule: 'control file',
    message: {
      sv: 'Slutraden anger {value} rader, filen innehåller {counted}. Inget har utförts.',
      en: 'The closing row states {value} rows, the file holds {counted}. Nothing was carried out.',
    },
    hint: {
      sv: 'Rader saknas eller är dubbla; skapa filen på nytt.',
      en: 'Rows are missing or doubled; produce the file again.',
    },
  },
  'CTL-NO-ROWS': {
    severity: 'error',
    rule: 'control file',
    message: {
      sv: 'Filen innehåller inga uppdrag.',
      en: 'The file holds no orders.',
    },
    hint: { sv: 'Skicka ingen fil när det inte finns något att beställa.', en: 'Send no file when there is nothing to order.' },
  },
  'CTL-ROW-WIDTH': {
    severity: 'error',
    rule: 'control file',
    message: {
      sv: 'Raden har {value} fält i stället för {columns}.',
      en: 'The row has {value} fields instead of {columns}.',
    },
    hint: { sv: 'Omslut text som innehåller semikolon med citattecken.', en: 'Quote text that holds a semicolon.' },
  },
  'CTL-INVOICE-MISSING': {
    severity: 'error',
    rule: 'control file',
    message: {
      sv: 'Fakturanumret saknas.',
      en: 'The invoice number is missing.',
    },
    hint: {
      sv: 'Ange fakturans nummer som det står på fakturan.',
      en: 'State the invoice’s number as it stands on the invoice.',
    },
  },
  'CTL-ACTION': {
    severity: 'error',
    rule: 'control file',
    message: {
      sv: 'Åtgärden {value} finns inte.',
      en: 'There is no action {value}.',
    },
    hint: { sv: 'Välj en av: {actions}.', en: 'Choose one of: {actions}.' },
  },
  'CTL-DATE-MISSING': {
    severity: 'error',
    rule: 'control file',
    message: {
      sv: 'Datum saknas; åtgärden {action} behöver ett.',
      en: 'The date is missing; the action {action} needs one.',
    },
    hint: { sv: 'Skriv datumet som ÅÅÅÅ-MM-DD.', en: 'Write the date as YYYY-MM-DD.' },
  },
  'CTL-DATE': {
    severity: 'error',
    rule: 'control file',
    message: {
      sv: '{value} är inget datum.',
      en: '{value} is not a date.',
    },
    hint: { sv: 'Skriv ett datum som finns, som ÅÅÅÅ-MM-DD.', en: 'Write an existing date as YYYY-MM-DD.' },
  },
  'CTL-AMOUNT-MISSING': {
    severity: 'error',
    rule: 'control file',
    message: {
      sv: 'Belopp saknas; åtgärden {action} behöver ett.',
      en: 'The amount is missing; the action {action} needs one.',
    },
    hint: {
      sv: 'Skriv beloppet i kronor med högst två decimaler: 1250,00.',
      en: 'Write the amount with at most two decimals: 1250.00.',
    },
  },
  'CTL-AMOUNT': {
    severity: 'error',
    rule: 'control file',
    message: {
      sv: '{value} är inget belopp större än noll.',
      en: '{value} is not an amount above zero.',
    },
    hint: {
      sv: 'Skriv siffror med högst två decimaler, utan tusentalsavgränsare: 1250,00.',
      en: 'Write digits with at most two decimals and no thousands mark: 1250.00.',
    },
  },
  'CTL-NOT-USED': {
    severity: 'error',
    rule: 'control file',
    message: {
      sv: 'Åtgärden {action} använder inte fältet {field}, som innehåller {value}.',
      en: 'The action {action} does not use the field {field}, which holds {value}.',
    },
    hint: { sv: 'Töm fältet, eller välj den åtgärd som är menad.', en: 'Empty the field, or choose the action that is meant.' },
  },
  'CTL-REASON-MISSING': {
    severity: 'error',
    rule: 'control file',
    message: {
      sv: 'Orsak saknas.',
      en: 'The reason is missing.',
    },
    hint: {
      sv: 'Skriv varför; texten sparas ordagrant med fordran.',
      en: 'Write why; the text is kept word for word with the claim.',
    },
  },
  'CTL-REASON-WORD': {
    severity: 'error',
    rule: 'control file',
    message: {
      sv: 'Orsaken ska börja med ett av orden {words}, men är {value}.',
      en: 'The reason must begin with one of the words {words}, but is {value}.',
    },
    hint: {
      sv: 'Skriv ordet först, sedan kolon och den egna texten.',
      en: 'Write the word first, then a colon and your own text.',
    },
  },
  'CTL-INVOICE-UNKNOWN': {
    severity: 'error',
    rule: 'F50',
    message: {
      sv: 'Fakturan {value} finns inte i reskontran.',
      en: 'The invoice {value} is not in the ledger.',
    },
    hint: {
      sv: 'Kontrollera numret. Fakturor som bara distribueras bevakas inte.',
      en: 'Check the number. Invoices that are only distributed are not kept in the ledger.',
    },
  },
  'CTL-SETTLED': {
    severity: 'error',
    rule: 'F50',
    message: {
      sv: 'Fakturan är redan slutbetald eller krediterad; inget återstår.',
      en: 'The invoice is already paid or credited; nothing is open.',
    },
    hint: { sv: 'Inget behöver göras.', en: 'Nothing needs to be done.' },
  },
  'CTL-DATE-PAST': {
    severity: 'error',
    rule: 'F51',
    message: {
      sv: 'Datumet {value} har redan passerat ({today}).',
      en: 'The date {value} has already passed ({today}).',
    },
    hint: { sv: 'Ange en dag som kommer.', en: 'Give a day to come.' },
  },
  'CTL-DATE-FUTURE': {
    severity: 'error',
    rule: 'F35',
    message: {
      sv: 'Betalningsdagen {value} ligger efter i dag ({today}).',
      en: 'The day of payment {value} is after today ({today}).',
    },
    hint: { sv: 'Rapportera betalningen när den har kommit.', en: 'Report the payment when it has come.' },
  },
  'CTL-BEFORE-DEADLINE': {
    severity: 'error',
    rule: 'F51',
    message: {
      sv: 'Den nya betalningsdagen {value} ligger före den dag som redan har krävts i brev ({deadline}).',
      en: 'The new date {value} is before the date that a letter already gave ({deadline}).',
    },
    hint: { sv: 'Ge anstånd till {deadline} eller senare.', en: 'Defer to {deadline} or later.' },
  },
  'CTL-NOT-LATER': {
    severity: 'error',
    rule: 'F51',
    message: {
      sv: 'Den nya betalningsdagen {value} är inte senare än den som gäller ({term}).',
      en: 'The new date {value} is not later than the one that stands ({term}).',
    },
    hint: { sv: 'Ange en dag efter {term}.', en: 'Give a day after {term}.' },
  },
  'CTL-DEFERRED-OFTEN': {
    severity: 'error',
    rule: 'F51',
    message: {
      sv: 'Fakturan har redan fått anstånd {times} gånger.',
      en: 'The invoice has already been deferred {times} times.',
    },
    hint: { sv: 'Kom överens om en avbetalningsplan, eller be byrån.', en: 'Agree on instalments, or ask the bureau.' },
  },
  'CTL-DISPUTED': {
    severity: 'error',
    rule: 'F50',
    message: {
      sv: 'Fakturan är redan bestridd sedan {from}.',
      en: 'The invoice has been disputed since {from}.',
    },
    hint: { sv: 'Besvara det bestridandet först (release).', en: 'Answer that objection first (release).' },
  },
  'CTL-NOTHING-HELD': {
    severity: 'error',
    rule: 'F50',
    message: {
      sv: 'Det finns inget sådant hinder ({value}) att häva.',
      en: 'There is no such hold ({value}) to release.',
    },
    hint: { sv: 'Se vad som gäller med fakturan.', en: 'See what stands on the invoice.' },
  },
  'CTL-WHICH-HOLD': {
    severity: 'error',
    rule: 'F50',
    message: {
      sv: 'Flera hinder gäller ({kinds}); det framgår inte vilket som hävs.',
      en: 'Several holds stand ({kinds}); it is not said which is released.',
    },
    hint: {
      sv: 'Ange slaget: deferment, dispute, block eller promise.',
      en: 'Name the kind: deferment, dispute, block or promise.',
    },
  },
  'CTL-OUTCOME-MISSING': {
    severity: 'error',
    rule: 'F50',
    message: {
      sv: 'Ett bestridande hävs med ett utfall: accepted, rejected eller withdrawn.',
      en: 'A dispute is released with an outcome: accepted, rejected or withdrawn.',
    },
    hint: { sv: 'Ange utfallet.', en: 'State the outcome.' },
  },
  'CTL-AMOUNT-ZERO': {
    severity: 'error',
    rule: 'F50',
    message: {
      sv: 'Beloppet {value} är inte större än noll, eller så återstår inget av kapitalet.',
      en: 'The amount {value} is not above zero, or nothing of the principal is open.',
    },
    hint: { sv: 'Kontrollera fakturan och beloppet.', en: 'Check the invoice and the amount.' },
  },
  'CTL-AMOUNT-TOO-LARGE': {
    severity: 'error',
    rule: 'IL5',
    message: {
      sv: 'Beloppet {value} är större än vad som återstår ({open}).',
      en: 'The amount {value} is more than what is open ({open}).',
    },
    hint: { sv: 'Ange högst {open}.', en: 'State at most {open}.' },
  },
  'CTL-REPEATED': {
    severity: 'warning',
    rule: 'IF4',
    message: {
      sv: 'Uppdraget är redan utfört och har inte utförts en gång till.',
      en: 'The order has been carried out before and was not carried out again.',
    },
    hint: {
      sv: 'Inget behöver göras. Ska det göras en gång till, ändra orsakstexten.',
      en: 'Nothing needs to be done. If it is to be done once more, change the reason’s text.',
    },
  },
} as const satisfies Record<string, FindingCode>;
