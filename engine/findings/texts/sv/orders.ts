import { textsOf } from '../../declaration.ts';
import { orderCodes } from '../../orders.ts';

export const orderTexts = textsOf(orderCodes, {
  'CTL-HEADINGS': {
    message: 'Rubrikraden ska vara invoice;action;date;amount;reason, men är {value}.',
    hint: 'Skriv rubrikerna exakt så, i den ordningen, åtskilda av semikolon.',
  },
  'CTL-NO-CLOSING-ROW': {
    message: 'Slutraden END;antal saknas: filen är troligen avkortad. Inget har utförts.',
    hint: 'Skicka hela filen igen, med en slutrad sist.',
  },
  'CTL-AFTER-CLOSING-ROW': {
    message: 'Rad {line} står efter slutraden (rad {closingLine}). Inget har utförts.',
    hint: 'Skicka varje fil för sig, med en slutrad sist.',
  },
  'CTL-CLOSING-COUNT': {
    message: 'Slutraden anger {value} rader, filen innehåller {counted}. Inget har utförts.',
    hint: 'Rader saknas eller är dubbla; skapa filen på nytt.',
  },
  'CTL-NO-ROWS': {
    message: 'Filen innehåller inga uppdrag.',
    hint: 'Skicka ingen fil när det inte finns något att beställa.',
  },
  'CTL-ROW-WIDTH': {
    message: 'Raden har {value} fält i stället för {columns}.',
    hint: 'Omslut text som innehåller semikolon med citattecken.',
  },
  'CTL-INVOICE-MISSING': {
    message: 'Fakturanumret saknas.',
    hint: 'Ange fakturans nummer som det står på fakturan.',
  },
  'CTL-ACTION': {
    message: 'Åtgärden {value} finns inte.',
    hint: 'Välj en av: {actions}.',
  },
  'CTL-DATE-MISSING': {
    message: 'Datum saknas; åtgärden {action} behöver ett.',
    hint: 'Skriv datumet som ÅÅÅÅ-MM-DD.',
  },
  'CTL-DATE': {
    message: '{value} är inget datum.',
    hint: 'Skriv ett datum som finns, som ÅÅÅÅ-MM-DD.',
  },
  'CTL-AMOUNT-MISSING': {
    message: 'Belopp saknas; åtgärden {action} behöver ett.',
    hint: 'Skriv beloppet i kronor med högst två decimaler: 1250,00.',
  },
  'CTL-AMOUNT': {
    message: '{value} är inget belopp större än noll.',
    hint: 'Skriv siffror med högst två decimaler, utan tusentalsavgränsare: 1250,00.',
  },
  'CTL-NOT-USED': {
    message: 'Åtgärden {action} använder inte fältet {field}, som innehåller {value}.',
    hint: 'Töm fältet, eller välj den åtgärd som är menad.',
  },
  'CTL-REASON-MISSING': {
    message: 'Orsak saknas.',
    hint: 'Skriv varför; texten sparas ordagrant med fordran.',
  },
  'CTL-REASON-WORD': {
    message: 'Orsaken ska börja med ett av orden {words}, men är {value}.',
    hint: 'Skriv ordet först, sedan kolon och den egna texten.',
  },
  'CTL-INVOICE-UNKNOWN': {
    message: 'Fakturan {value} finns inte i reskontran.',
    hint: 'Kontrollera numret. Fakturor som bara distribueras bevakas inte.',
  },
  'CTL-SETTLED': {
    message: 'Fakturan är redan slutbetald eller krediterad; inget återstår.',
    hint: 'Inget behöver göras.',
  },
  'CTL-DATE-PAST': {
    message: 'Datumet {value} har redan passerat ({today}).',
    hint: 'Ange en dag som kommer.',
  },
  'CTL-DATE-FUTURE': {
    message: 'Betalningsdagen {value} ligger efter i dag ({today}).',
    hint: 'Rapportera betalningen när den har kommit.',
  },
  'CTL-BEFORE-DEADLINE': {
    message: 'Den nya betalningsdagen {value} ligger före den dag som redan har krävts i brev ({deadline}).',
    hint: 'Ge anstånd till {deadline} eller senare.',
  },
  'CTL-NOT-LATER': {
    message: 'Den nya betalningsdagen {value} är inte senare än den som gäller ({term}).',
    hint: 'Ange en dag efter {term}.',
  },
  'CTL-DEFERRED-OFTEN': {
    message: 'Fakturan har redan fått anstånd {times} gånger.',
    hint: 'Kom överens om en avbetalningsplan, eller be byrån.',
  },
  'CTL-DISPUTED': {
    message: 'Fakturan är redan bestridd sedan {from}.',
    hint: 'Besvara det bestridandet först (release).',
  },
  'CTL-NOTHING-HELD': {
    message: 'Det finns inget sådant hinder ({value}) att häva.',
    hint: 'Se vad som gäller med fakturan.',
  },
  'CTL-WHICH-HOLD': {
    message: 'Flera hinder gäller ({kinds}); det framgår inte vilket som hävs.',
    hint: 'Ange slaget: deferment, dispute, block eller promise.',
  },
  'CTL-OUTCOME-MISSING': {
    message: 'Ett bestridande hävs med ett utfall: accepted, rejected eller withdrawn.',
    hint: 'Ange utfallet.',
  },
  'CTL-AMOUNT-ZERO': {
    message: 'Beloppet {value} är inte större än noll, eller så återstår inget av kapitalet.',
    hint: 'Kontrollera fakturan och beloppet.',
  },
  'CTL-AMOUNT-TOO-LARGE': {
    message: 'Beloppet {value} är större än vad som återstår ({open}).',
    hint: 'Ange högst {open}.',
  },
  'CTL-REPEATED': {
    message: 'Uppdraget är redan utfört och har inte utförts en gång till.',
    hint: 'Inget behöver göras. Ska det göras en gång till, ändra orsakstexten.',
  },
  'PRINT-HEADINGS': {
    message: 'Första raden är inte rubrikerna job;piece;status;date.',
    hint: 'Skicka filen med rubrikraden först, i den ordningen.',
  },
  'PRINT-NO-CLOSING-ROW': {
    message: 'Filen slutar utan raden END;antal: den är avkortad, och inget av den räknas.',
    hint: 'Skicka hela filen igen.',
  },
  'PRINT-CLOSING-COUNT': {
    message: 'Slutraden säger {value} rader, filen har {counted}; inget av den räknas.',
    hint: 'Skicka hela filen igen.',
  },
  'PRINT-ROW': {
    message: 'Raden kan inte läsas: {value}',
    hint: 'Skriv jobb (J0042), brevets nummer, dispatched, spoiled, reprinted eller returned, och ett datum ÅÅÅÅ-MM-DD.',
  },
  'PRINT-UNKNOWN-JOB': {
    message: 'Inget utskriftsjobb {value} har lämnats till tryckeriet.',
    hint: 'Kontrollera jobbnumret; det står i filnamnet och i manifestet.',
  },
  'PRINT-UNKNOWN-PIECE': {
    message: 'Jobbet {job} har inget brev nummer {value}.',
    hint: 'Numret är kolumnen seq i {job}.letters.csv.',
  },
  'PRINT-AGAIN': {
    message: 'Brevet var redan {value} den {earlier}; den dagen gäller.',
    hint: 'Inget behöver göras. Är den tidigare dagen fel, kontakta byrån.',
  },
  'PRINT-BEFORE-RELEASE': {
    message: 'Dagen {value} ligger före den dag då jobbet lämnades, {released}.',
    hint: 'Kontrollera jobb och dag och skicka raden igen.',
  },
  'PRINT-AFTER-TODAY': {
    message: 'Dagen {value} har inte kommit än.',
    hint: 'Rapportera brev först när de har lämnats till posten.',
  },
  'AGENCY-HEADINGS': {
    message: 'Rubrikraden ska vara client;case;status;reference;reason, men är {value}.',
    hint: 'Skriv rubrikerna exakt så, åtskilda av semikolon.',
  },
  'AGENCY-NO-CLOSING-ROW': {
    message: 'Slutraden END;antal saknas: filen är troligen avkortad.',
    hint: 'Skicka hela filen igen.',
  },
  'AGENCY-CLOSING-COUNT': {
    message: 'Slutraden säger {value} rader, men filen har {counted}.',
    hint: 'Skicka hela filen igen.',
  },
  'AGENCY-ROW': {
    message: 'Raden har inte klient, ärendenummer och en status av accepted, rejected eller closed: {value}.',
    hint: 'En avvisning behöver också ett skäl.',
  },
  'AGENCY-CASE-UNKNOWN': {
    message: 'Ärende {value} har aldrig lämnats över.',
    hint: 'Kontrollera klient och ärendenummer mot överlämningsfilen.',
  },
  'AGENCY-CASE-ANSWERED': {
    message: 'Ärende {value} är redan {state}.',
    hint: 'Raden ändrade ingenting.',
  },
});
