import { textsOf } from '../../declaration.ts';
import { bankCodes } from '../../bank.ts';

export const bankTexts = textsOf(bankCodes, {
  'BANK-TWO-DOCUMENTS': {
    message: 'Filen innehåller mer än ett meddelande: {field} står två gånger.',
    hint: 'Be banken skicka varje meddelande i en egen fil.',
  },
  'BANK-PART-SIZE': {
    message: '{field} har fler än {maximum} underordnade element.',
    hint: 'En enskild post eller transaktion är aldrig så stor; kontrollera filen med banken.',
  },
  'CAMT-ALIEN': {
    message: 'Filen är ingen kontorapport (camt.052, camt.053 eller camt.054): {value}',
    hint: 'Kontrollera vilken filtyp som banken skickar till denna mapp.',
  },
  'CAMT-NAMESPACE': {
    message: 'Filens namnrymd är ingen av ISO 20022: "{value}".',
    hint: 'Be banken följa standarden, eller avtala att avsändarens filer läses efter sin struktur.',
  },
  'CAMT-BY-STRUCTURE': {
    message: 'Filen läses enligt avtal efter sin struktur; namnrymden är "{value}".',
    hint: 'Jämför summorna med bankens besked innan filen bokförs.',
  },
  'CAMT-VERSION': {
    message: 'Versionen {value} läses men är inte provad; de provade är 02, 04 och 08.',
    hint: 'Jämför den första filens summor med bankens besked.',
  },
  'CAMT-ROOT': {
    message: 'Namnrymden säger {namespace}, men {value} hör till {message}.',
    hint: 'Be banken skapa filen på nytt.',
  },
  'CAMT-NO-BLOCKS': {
    message: 'Filen innehåller inget konto: varken Stmt, Ntfctn eller Rpt.',
    hint: 'Fråga banken om filen är hel; en dag utan rörelser har ändå ett konto.',
  },
  'CAMT-MISSING': {
    message: '{field} saknas; utan det kan filen inte kännas igen eller föras till ett konto.',
    hint: 'Be banken skapa filen på nytt.',
  },
  'CAMT-ENTRY-ORDER': {
    message: '{field} kommer efter fler än {maximum} element av postens transaktioner.',
    hint: 'Be banken följa schemats ordning: postens egna uppgifter före NtryDtls.',
  },
  'CAMT-ENTRY-UNREADABLE': {
    message: '{field} kan inte läsas: "{value}". Posten hoppas över och kontots del av filen hålls kvar.',
    hint: 'Belopp skrivs utan tecken, med högst två decimaler av betydelse, i en valuta som stöds. Fråga banken vad som avses.',
  },
  'CAMT-STATUS': {
    message: 'Postens status är okänd: "{value}". Den bokförs inte.',
    hint: 'Kända är BOOK, PDNG, INFO och FUTR. Fråga banken vad statusen betyder.',
  },
  'CAMT-TRANSACTION-AMOUNT': {
    message: 'Transaktionen har inget belopp i kontots valuta som kan läsas: "{value}". Hela posten går till observationskontot.',
    hint: 'Fördela posten för hand, eller be banken ange belopp per transaktion.',
  },
  'CAMT-ENTRY-SUM': {
    message:
      'Transaktionerna är {sum} tillsammans, posten {value}; skillnaden är {difference}. Hela posten går till observationskontot.',
    hint: 'Fördela posten för hand med transaktionerna som förslag, och fråga banken.',
  },
  'CAMT-CHARGES': {
    message: 'Transaktionerna är {sum} tillsammans, posten {value}; skillnaden {difference} är bankens avgifter.',
    hint: 'Skillnaden bokförs som bankkostnad.',
  },
  'CAMT-SIGN': {
    message: 'Postens enda transaktion har motsatt tecken: {value}. Postens tecken gäller.',
    hint: 'Ingen åtgärd; meddela banken.',
  },
  'CAMT-BATCH': {
    message: '{field} är {value}, men räknat blir det {counted}.',
    hint: 'Kontrollera att inga transaktioner saknas i filen.',
  },
  'CAMT-PARTS-SUM': {
    message: 'Betalarens delar av transaktion {ordinal} är {parts} tillsammans, transaktionen {value}.',
    hint: 'Fördela betalningen för hand om den inte prickas av på en enda referens.',
  },
  'CAMT-CURRENCY': {
    message: 'Posten är i {value}, kontot i {currency}.',
    hint: 'Fråga banken; summorna för kontot kan inte kontrolleras.',
  },
  'CAMT-BALANCE': {
    message:
      'Ingående saldo {opening} och bokförda poster ger {expected}, men utgående saldo är {value}; skillnaden är {difference}.',
    hint: 'Poster saknas eller är för många. Begär kontoutdraget på nytt; inget av det bokförs.',
  },
  'CAMT-NO-BALANCE': {
    message: 'Kontoutdraget saknar {field}; det kan inte kontrolleras mot sina poster.',
    hint: 'Be banken om kontoutdrag med ingående och utgående bokfört saldo.',
  },
  'CAMT-OPENING-DIFFERS': {
    message: 'Ingående saldo är {opening}, men föregående utgående saldo {value}.',
    hint: 'Kontrollera att inget kontoutdrag saknas däremellan.',
  },
  'CAMT-TOTALS': {
    message: '{field} är {value}; räknat över bokförda poster och över alla blir det {counted}.',
    hint: 'Jämför med bankens besked; saldona avgör.',
  },
  'BANK-HELD-WHOLE': {
    message: 'Filen stämmer inte ({value} fel ovan): den har lagts åt sidan hel och inget har bokförts.',
    hint: 'Fråga banken efter en rättad fil; är felet utrett kan filen prövas igen med kuvert file retry.',
  },
  'BANK-ACCOUNT-UNKNOWN': {
    message: 'Kontot {value} är inget av byråns konton; den delen av filen har lagts åt sidan.',
    hint: 'Lägg till kontot i config/bank-accounts.yaml och pröva filen igen, eller säg banken att filen kom fel.',
  },
  'BANK-CURRENCY': {
    message: 'Filen har {value} på kontot {account}, som förs i {currency}; den delen av filen har lagts åt sidan.',
    hint: 'Kontrollera kontot med banken.',
  },
  'BANK-CHAIN-GAP': {
    message:
      'Kontoutdraget för {account} börjar med {value}, men det förra slutade {last} med {expected}: ett utdrag saknas emellan.',
    hint: 'Be banken om det som saknas; filen bokförs av sig själv när det har kommit.',
  },
  'BANK-CHAIN-NOTED': {
    message: 'Kontoutdraget för {account} börjar med {value}, men det förra slutade {last} med {expected}.',
    hint: 'Kontot bokförs från aviseringar; utdraget används bara till avstämning. Be banken om det som saknas.',
  },
  'BANK-MESSAGE-AGAIN': {
    message: 'Ett meddelande med id {value} har kommit förut; det som då bokfördes har inte bokförts igen.',
    hint: 'Inget behöver göras.',
  },
  'BANK-NOT-TIED': {
    message: '{value} betalningar på tillsammans {amount} är inte avprickade ({reason}).',
    hint: 'Visa dem med förslag: kuvert payment list --suspense.',
  },
  'PAIN-ALIEN': {
    message: 'Filen är ingen statusrapport för betalningar (pain.002): "{value}"',
    hint: 'Kontrollera vilken filtyp som banken skickar till denna mapp.',
  },
  'PAIN-MISSING': {
    message: '{field} saknas; utan det kan rapporten inte föras till en betalfil.',
    hint: 'Be banken skapa filen på nytt.',
  },
  'PAIN-UNKNOWN-MESSAGE': {
    message: 'Rapporten gäller betalfilen {value}, inte {expected}.',
    hint: 'Den kan höra till ett annat system med samma bankavtal; lägg den åt sidan.',
  },
  'PAIN-UNKNOWN-PAYMENT': {
    message: 'Rapporten nämner {value}, som inte finns i betalfilen.',
    hint: 'Fråga banken vad som avses; våra betalningar berörs inte.',
  },
  'PAIN-REJECTED-AFTER-DEBIT': {
    message: 'Banken avvisar betalning {value} ({status}), men den är {state} hos oss: pengarna har redan lämnat kontot.',
    hint: 'Inget har ändrats. Fråga banken; kommer pengarna tillbaka bokförs det från kontoutdraget.',
  },
  'PAIN-REJECTED-WHOLE': {
    message:
      'Betalningen {value} är avvisad, men bara {listed} av {transactions} transaktioner räknas upp. Alla räknas som avvisade.',
    hint: 'Kontrollera med banken innan utbetalningarna görs om.',
  },
  'PAY-IDENTIFIER': {
    message:
      'Identiteten "{value}" i {field} kan inte användas: högst 35 tecken av A–Z, 0–9 och bindestreck, och aldrig två gånger.',
    hint: 'Kontrollera hur utbetalningens identiteter bildas.',
  },
  'PAY-AMOUNT': {
    message: 'Beloppet {value} för {field} kan inte betalas ut.',
    hint: 'Ett utbetalt belopp är större än noll och under gränsen.',
  },
  'PAY-ACCOUNT': {
    message: 'Kontot "{value}" för {field} finns inte: fel form eller kontrollsiffra.',
    hint: 'Rätta mottagarens konto i konfigurationen eller reskontran.',
  },
  'PAY-PARTY': {
    message: '{field} saknar namn, ort eller land som banken kan ta emot: "{value}".',
    hint: 'Fyll i namn, ort och landskod; banken avvisar betalningar utan dem från november 2026.',
  },
  'PAY-REMITTANCE': {
    message: 'Meddelandet till mottagaren för {field} kan inte skickas: "{value}".',
    hint: 'Ett OCR-nummer har rätt kontrollsiffra; dokument är minst två med summan lika med beloppet; text är högst 140 tecken.',
  },
  'PAY-DATE': {
    message: 'Betalningsdagen {value} för {field} är ingen bankdag.',
    hint: 'Välj närmaste bankdag.',
  },
  'PAY-LIMIT': {
    message: '{field} har {value} poster; tillåtet är 1 till {maximum}.',
    hint: 'Dela upp utbetalningen på flera filer.',
  },
  'PAY-GROUP': {
    message:
      'Betalningen {field} delar dag, konto och valuta med en annan, eller har en mottagare som kontot inte får betala till: {value}',
    hint: 'En betalning till bankgiro kräver att avsändarens konto också anges som bankgiro.',
  },
});
