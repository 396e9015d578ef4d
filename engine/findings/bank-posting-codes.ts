import type { FindingCode } from '../finding.ts';

/** Findings about a bank file beside its content: accounts, earlier files, and what could not be tied. */
export const bankPostingCodes = {
  'BANK-HELD-WHOLE': {
    severity: 'error',
    rule: 'IB3',
    message: {
      sv: 'Filen stämmer inte ({value} fel ovan): den har lagts åt sidan hel och inget har bokförts.',
      en: 'The file does not add up ({value} errors above): it is held whole and nothing was booked.',
    },
    hint: {
      sv: 'Fråga banken efter en rättad fil; är felet utrett kan filen prövas igen med kuvert file retry.',
      en: 'Ask the bank for a corrected file; once it is cleared up the file can be tried again with kuvert file retry.',
    },
  },
  'BANK-ACCOUNT-UNKNOWN': {
    severity: 'error',
    rule: 'XB4',
    message: {
      sv: 'Kontot {value} är inget av byråns konton; den delen av filen har lagts åt sidan.',
      en: 'Account {value} is none of the bureau’s accounts; that part of the file is held.',
    },
    hint: {
      sv: 'Lägg till kontot i config/bank-accounts.yaml och pröva filen igen, eller säg banken att filen kom fel.',
      en: 'Add the account to config/bank-accounts.yaml and try the file again, or tell the bank that the file went astray.',
    },
  },
  'BANK-CURRENCY': {
    severity: 'error',
    rule: 'XB4',
    message: {
      sv: 'Filen har {value} på kontot {account}, som förs i {currency}; den delen av filen har lagts åt sidan.',
      en: 'The file has {value} on account {account}, which is kept in {currency}; that part of the file is held.',
    },
    hint: { sv: 'Kontrollera kontot med banken.', en: 'Check the account with the bank.' },
  },
  'BANK-CHAIN-GAP': {
    severity: 'error',
    rule: 'IB3',
    message: {
      sv: 'Kontoutdraget för {account} börjar med {value}, men det förra slutade {last} med {expected}: ett utdrag saknas emellan.',
      en: 'The statement of {account} begins with {value}, but the last one ended on {last} with {expected}: one between them is missing.',
    },
    hint: {
      sv: 'Be banken om det som saknas; filen bokförs av sig själv när det har kommit.',
      en: 'Ask the bank for what is missing; the file is booked by itself when it has come.',
    },
  },
  'BANK-CHAIN-NOTED': {
    severity: 'warning',
    rule: 'B2',
    message: {
      sv: 'Kontoutdraget för {account} börjar med {value}, men det förra slutade {last} med {expected}.',
      en: 'The statement of {account} begins with {value}, but the last one ended on {last} with {expected}.',
    },
    hint: {
      sv: 'Kontot bokförs från aviseringar; utdraget används bara till avstämning. Be banken om det som saknas.',
      en: 'The account is posted from notifications, the statement only reconciles. Ask the bank for what is missing.',
    },
  },
  'BANK-MESSAGE-AGAIN': {
    severity: 'warning',
    rule: 'L2',
    message: {
      sv: 'Ett meddelande med id {value} har kommit förut; det som då bokfördes har inte bokförts igen.',
      en: 'A message with id {value} came before; what was booked then was not booked again.',
    },
    hint: { sv: 'Inget behöver göras.', en: 'Nothing needs to be done.' },
  },
  'BANK-NOT-TIED': {
    severity: 'warning',
    rule: 'F33',
    message: {
      sv: '{value} betalningar på tillsammans {amount} är inte avprickade ({reason}).',
      en: '{value} payments of {amount} in all are not tied to anything ({reason}).',
    },
    hint: {
      sv: 'Visa dem med förslag: kuvert payment list --suspense.',
      en: 'See them with their candidates: kuvert payment list --suspense.',
    },
  },
} as const satisfies Record<string, FindingCode>;
