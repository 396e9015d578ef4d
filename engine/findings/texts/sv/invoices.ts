import { textsOf } from '../../declaration.ts';
import { invoiceCodes } from '../../invoices.ts';

export const invoiceTexts = textsOf(invoiceCodes, {
  'INV-REPEATED': {
    message: 'Faktura {value} är redan mottagen med samma innehåll och har inte bokförts igen.',
    hint: 'Inget behöver göras.',
  },
  'INV-NUMBER-REUSED': {
    message: 'Fakturanummer {value} är redan använt för en faktura med annat innehåll.',
    hint: 'Ge fakturan ett nytt nummer, eller rätta den tidigare med en kreditfaktura.',
  },
  'INV-REFERENCE-REUSED': {
    message: 'Betalningsreferensen {value} är redan använd på kontot.',
    hint: 'Varje faktura behöver en egen referens; utelämna den så sätter byrån en.',
  },
  'INV-OTHER-SELLER': {
    message: 'Fakturan är utställd av {value}, men avtalet gäller {agreed}.',
    hint: 'Skicka fakturan i rätt uppdragsgivares mapp, eller låt byrån lägga till säljaren i avtalet.',
  },
  'INV-OTHER-CURRENCY': {
    message: 'Fakturan är i {value}, men avtalet gäller {agreed}.',
    hint: 'Fakturera i {agreed}, eller avtala om valutan med byrån.',
  },
  'INV-REFERENCE-WRONG': {
    message: 'Betalningsreferensen {value} är inget OCR-nummer: 2–25 siffror med rätt kontrollsiffra sist.',
    hint: 'Räkna om kontrollsiffran (10-modul), eller utelämna referensen så sätter byrån en.',
  },
  'INV-TERM-MISSING': {
    message: '{field} saknas.',
    hint: 'Fyll i uppgiften i källsystemet.',
  },
  'INV-NO-LINES': {
    message: 'Fakturan har inga rader.',
    hint: 'En faktura har minst en rad.',
  },
  'INV-PERIOD-ORDER': {
    message: 'Perioden slutar ({value}) innan den börjar ({start}).',
    hint: 'Byt plats på datumen eller rätta dem.',
  },
  'INV-PERIOD-EMPTY': {
    message: 'En period är angiven utan datum.',
    hint: 'Ange start, slut eller båda.',
  },
  'INV-TAX-POINT': {
    message: 'Både datum och kod anges för momsens skattskyldighet.',
    hint: 'Ange det ena.',
  },
  'INV-DUE-BEFORE-ISSUE': {
    message: 'Förfallodagen {value} ligger före fakturadatum {issueDate}.',
    hint: 'Rätta datumen; fakturan skulle vara förfallen redan när den skickas.',
  },
  'INV-LINE-PERIOD': {
    message: 'Radens period går utanför fakturans: {value} mot {limit}.',
    hint: 'Vidga fakturans period så att den omfattar alla rader.',
  },
  'INV-PRICE-NEGATIVE': {
    message: 'Priset {value} är negativt.',
    hint: 'Skriv avdrag och krediter med negativt antal och positivt pris.',
  },
  'INV-PRICE-DISCOUNT': {
    message: 'Nettopriset {value} är inte bruttopris {gross} − rabatt {discount}.',
    hint: 'Räkna nettopriset ur bruttopriset utan avrundning, eller utelämna bruttopris och rabatt.',
  },
  'INV-BASE-QUANTITY': {
    message: 'Prisets basantal {value} är inte större än noll.',
    hint: 'Utelämna basantalet; det är då 1.',
  },
  'INV-BASE-QUANTITY-UNIT': {
    message: 'Prisets enhet {value} är inte radens enhet {unit}.',
    hint: 'Ange antal och pris i samma enhet.',
  },
  'INV-LINE-NET': {
    message: 'Radbeloppet {value} är inte antal × pris + tillägg − avdrag = {expected}.',
    hint: 'Rätta antal, pris eller radbelopp; två ören får skilja.',
  },
  'INV-CHARGE-VAT': {
    message: 'Ett avdrag eller tillägg på fakturan saknar momskategori.',
    hint: 'Ange momskategori och momssats.',
  },
  'INV-REASON-MISSING': {
    message: 'Ett avdrag eller tillägg saknar orsak.',
    hint: 'Ange orsak i text eller kod, till exempel "Fraktkostnad" (FC).',
  },
  'INV-PERCENT-MISSING': {
    message: 'Ett avdrag eller tillägg har basbelopp men ingen procentsats.',
    hint: 'Ange båda eller ingendera.',
  },
  'INV-BASE-MISSING': {
    message: 'Ett avdrag eller tillägg har procentsats men inget basbelopp.',
    hint: 'Ange båda eller ingendera.',
  },
  'INV-PERCENT-AMOUNT': {
    message: 'Beloppet {value} är inte {percent} % av {base} = {expected}.',
    hint: 'Räkna om beloppet; två ören får skilja.',
  },
  'INV-TOTAL': {
    message: '{field} är {value}, men {formula} = {expected}.',
    hint: 'Räkna slutsummorna ur raderna: summa rader, − avdrag, + tillägg, + moms, − betalt, + öresavrundning.',
  },
  'INV-VAT-BREAKDOWN-MISSING': {
    message: 'Momsspecifikationen saknas.',
    hint: 'Ange beskattningsunderlag och moms för varje kategori och sats.',
  },
  'INV-VAT-CURRENCY': {
    message: 'Momsens redovisningsvaluta är inte rätt angiven: "{value}".',
    hint: 'Ange den bara när den är en annan än fakturans valuta, och då tillsammans med momsbeloppet i den.',
  },
  'INV-VAT-CURRENCY-AMOUNT': {
    message: 'Momsbeloppet i redovisningsvalutan {vatCurrency} saknas.',
    hint: 'Räkna om momsen till den valutan.',
  },
  'INV-VAT-CURRENCY-SIGN': {
    message: 'Momsen i redovisningsvalutan, {value}, har ett annat tecken än fakturans moms.',
    hint: 'Rätta tecknet.',
  },
  'INV-VAT-RATE': {
    message: 'Momssatsen "{value}" stämmer inte med momskategori {category}.',
    hint: 'S har en sats över noll; Z, E, AE, K och G har 0; O har ingen.',
  },
  'INV-VAT-AMOUNT': {
    message: 'Momsen {value} är inte {rate} % av {base} = {expected}.',
    hint: 'Räkna momsen per kategori och sats på underlaget och avrunda en gång.',
  },
  'INV-VAT-BASE': {
    message:
      'Beskattningsunderlaget {value} för {category} {rate} är inte summan av dess rader, avdrag och tillägg = {expected}.',
    hint: 'Summera raderna per kategori och sats.',
  },
  'INV-VAT-GROUP-MISSING': {
    message: 'Momsspecifikationen saknar kategori {category} {rate}, som finns på fakturans rader.',
    hint: 'Ange en rad för varje kategori och sats.',
  },
  'INV-VAT-GROUP-TWICE': {
    message: 'Momsspecifikationen har kategori {category} två gånger.',
    hint: 'Slå ihop raderna.',
  },
  'INV-VAT-GROUP-ALONE': {
    message: 'Momsspecifikationen har kategori {category}, som ingen rad på fakturan har.',
    hint: 'Ta bort den ur momsspecifikationen, eller rätta radernas kategori.',
  },
  'INV-SELLER-VAT-ID': {
    message: 'Säljarens momsregistreringsnummer saknas; momskategori {category} kräver det.',
    hint: 'Ange det i avtalet (SE, organisationsnummer, 01).',
  },
  'INV-BUYER-VAT-ID': {
    message: 'Köparens momsregistreringsnummer saknas; momskategori {category} kräver det.',
    hint: 'Ange köparens nummer, med landskod först.',
  },
  'INV-VAT-ID-OUTSIDE-SCOPE': {
    message: '{field} får inte anges på en faktura utanför momsområdet (kategori O).',
    hint: 'Utelämna momsnumret, eller använd kategori E med orsak.',
  },
  'INV-OUTSIDE-SCOPE-MIXED': {
    message: 'Kategori O (utanför moms) kan inte stå på samma faktura som kategori {value}.',
    hint: 'Använd E med orsak, eller dela upp fakturan.',
  },
  'INV-EXEMPTION-MISSING': {
    message: 'Orsak till att moms inte tas ut saknas för kategori {category}.',
    hint: 'Ange lagrum eller motsvarande, till exempel "Omvänd betalningsskyldighet" (ML 17:24 13–14).',
  },
  'INV-EXEMPTION-FORBIDDEN': {
    message: 'Kategori {category} har moms och därför ingen orsak till undantag: "{value}".',
    hint: 'Utelämna orsaken eller byt kategori.',
  },
  'INV-EXEMPTION-CATEGORY': {
    message: 'Undantagskoden {value} hör till kategori {category}, inte {stated}.',
    hint: 'Byt kod eller kategori.',
  },
  'INV-DELIVERY-MISSING': {
    message: 'Leveransdag och leveransland krävs vid försäljning till annat EU-land (kategori K): {field} saknas.',
    hint: 'Ange när och till vilket land varorna levererades.',
  },
  'INV-PAYEE-IS-SELLER': {
    message: 'Betalningsmottagaren {value} är säljaren själv.',
    hint: 'Ange betalningsmottagare bara när någon annan än säljaren ska ha betalt.',
  },
  'INV-VAT-ID-PREFIX': {
    message: 'Momsregistreringsnumret {value} börjar inte med en landskod.',
    hint: 'Skriv till exempel SE556000000001.',
  },
  'INV-SELLER-IDENTITY': {
    message: 'Säljaren saknar identitet: organisationsnummer, momsregistreringsnummer eller annat.',
    hint: 'Ange säljarens organisationsnummer i avtalet.',
  },
  'INV-CODE': {
    message: '{field} har en kod som inte finns i kodlistan: "{value}".',
    hint: 'Välj en kod ur listan; vanliga enheter är C62 (st), HUR (tim), DAY, MON, KGM, LTR, MTR.',
  },
  'INV-ADDRESS': {
    message: 'Adressen är ofullständig: {field} saknas.',
    hint: 'Fullständigt namn och adress krävs på fakturan, och för att brevet ska komma fram.',
  },
  'INV-VAT-IN-KRONOR': {
    message: 'Fakturan är i {currency}; momsen måste även anges i svenska kronor.',
    hint: 'Ange SEK som redovisningsvaluta för moms, och momsbeloppet i SEK.',
  },
  'INV-CREDIT-REFERENCE': {
    message: 'Kreditfakturan hänvisar inte till någon faktura.',
    hint: 'Ange numret på fakturan som krediteras.',
  },
  'INV-SE-VAT-RATE': {
    message: 'Momssatsen {value} finns inte i Sverige.',
    hint: 'Svenska momssatser är 25, 12 och 6 procent.',
  },
  'INV-VAT-RATE-AT-DATE': {
    message: 'Momssatsen {value} gällde inte {date}.',
    hint: 'Satsen följer leveransdagen, inte fakturadagen.',
  },
  'INV-BUYER-REFERENCE': {
    message: 'En e-faktura behöver köparens referens eller ordernummer.',
    hint: 'Fråga köparen efter "Er referens"; fakturan skickas annars på papper.',
  },
  'INV-ENDPOINT': {
    message: 'Elektronisk adress saknas: {field}.',
    hint: 'Ange mottagarens Peppol-adress, till exempel 0007 och organisationsnumret.',
  },
  'INV-ENDPOINT-SCHEME': {
    message: 'Den elektroniska adressen "{value}" saknar schema.',
    hint: 'Ange schemat: 0007 organisationsnummer, 0088 GLN.',
  },
  'INV-IDENTIFIER-FORM': {
    message: '"{value}" är inget giltigt nummer i schema {scheme}.',
    hint: 'Kontrollera siffrorna; sista siffran är en kontrollsiffra.',
  },
  'INV-ACCOUNT-MISSING': {
    message: 'Betalningssätt {value} saknar konto.',
    hint: 'Ange bankgiro, plusgiro eller IBAN.',
  },
  'INV-MANDATE-MISSING': {
    message: 'Autogiro (betalningssätt {value}) saknar medgivandets nummer.',
    hint: 'Ange medgivandets nummer.',
  },
  'INV-CARD-NUMBER': {
    message: 'Hela kortnumret står på fakturan.',
    hint: 'Visa högst sex första och fyra sista siffrorna.',
  },
  'INV-MEANS-DIFFER': {
    message: 'Betalningssätten har olika koder: {first} och {value}.',
    hint: 'Ange bankgiro, plusgiro och IBAN alla med kod 30.',
  },
  'INV-REFERENCES-DIFFER': {
    message: 'Betalningssätten har olika betalningsreferenser: {first} och {value}.',
    hint: 'Använd samma OCR-nummer för alla konton.',
  },
  'INV-SE-VAT-ID': {
    message: 'Säljarens momsregistreringsnummer {value} har inte formen SE + 12 siffror.',
    hint: 'Skriv SE, organisationsnumret utan bindestreck, 01.',
  },
  'INV-SE-LEGAL-ID': {
    message: 'Säljarens organisationsnummer {value} är inte tio siffror med rätt kontrollsiffra.',
    hint: 'Skriv numret utan bindestreck.',
  },
  'INV-SE-TAX-APPROVAL': {
    message: 'Säljarens skatteuppgift "{value}" ska vara "Godkänd för F-skatt".',
    hint: 'Skriv exakt så, eller utelämna uppgiften.',
  },
  'INV-SE-GIRO': {
    message: '"{value}" är inget {kind}nummer utan bindestreck.',
    hint: 'Bankgiro har 7–8 siffror, plusgiro 2–8.',
  },
  'INV-SE-MEANS': {
    message: 'Betalningssätt {value} bör vara 30 mellan svenska parter.',
    hint: 'Ange kod 30 och SE:BANKGIRO eller SE:PLUSGIRO.',
  },
  'PEPPOL-RECHECK': {
    message: 'Den skrivna e-fakturan återger inte {field}: "{value}" i stället för "{expected}".',
    hint: 'Uppgiften kan inte uttryckas i Peppol BIS Billing 3.0; dokumentet skickas på papper.',
  },
});
