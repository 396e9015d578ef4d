import type { Language } from '#engine/language.ts';
import type { Severity } from '#engine/findings/declaration.ts';
import type { ReceiptFile, ReceiptOutcome } from '#engine/receipt.ts';

/** Words of the receipt that people read. */
export interface ReceiptWords {
  readonly title: string;
  readonly client: string;
  readonly number: string;
  readonly file: string;
  readonly sha256: string;
  readonly bytes: string;
  readonly receivedAt: string;
  readonly state: string;
  readonly states: Readonly<Record<ReceiptFile['state'], string>>;
  readonly count: string;
  readonly amount: string;
  readonly received: string;
  readonly outcomes: Readonly<Record<ReceiptOutcome, string>>;
  readonly amountsUnknown: string;
  readonly findings: string;
  readonly more: string;
  readonly severities: Readonly<Record<Severity, string>>;
  readonly columns: readonly [
    document: string,
    severity: string,
    code: string,
    rule: string,
    line: string,
    column: string,
    field: string,
    value: string,
    message: string,
    hint: string,
  ];
  readonly decimalMark: ',' | '.';
}

export const receiptWords: Readonly<Record<Language, ReceiptWords>> = {
  sv: {
    title: 'Kvittens från',
    client: 'Uppdragsgivare',
    number: 'Löpnummer',
    file: 'Fil',
    sha256: 'SHA-256',
    bytes: 'Byte',
    receivedAt: 'Mottagen (UTC)',
    state: 'Resultat',
    states: {
      booked: 'bokförd',
      rejected: 'avvisad',
      duplicate: 'redan mottagen',
      held: 'väntar',
      quarantined: 'i karantän',
    },
    count: 'Antal',
    amount: 'Belopp',
    received: 'Inkomna',
    outcomes: { accepted: 'Mottagna', rejected: 'Avvisade', duplicate: 'Redan mottagna', held: 'Väntande' },
    amountsUnknown: 'Varav utan läsbart belopp',
    findings: 'Anmärkningar',
    more: 'Fler anmärkningar än de uppräknade; rätta dessa först.',
    severities: { error: 'fel', warning: 'varning' },
    columns: ['Faktura', 'Grad', 'Kod', 'Regel', 'Rad', 'Kolumn', 'Fält', 'Värde', 'Anmärkning', 'Åtgärd'],
    decimalMark: ',',
  },
  en: {
    title: 'Receipt from',
    client: 'Client',
    number: 'Serial number',
    file: 'File',
    sha256: 'SHA-256',
    bytes: 'Bytes',
    receivedAt: 'Received (UTC)',
    state: 'Result',
    states: {
      booked: 'booked',
      rejected: 'rejected',
      duplicate: 'received before',
      held: 'held',
      quarantined: 'in quarantine',
    },
    count: 'Count',
    amount: 'Amount',
    received: 'Received',
    outcomes: { accepted: 'Accepted', rejected: 'Rejected', duplicate: 'Received before', held: 'Held' },
    amountsUnknown: 'Of these without readable amount',
    findings: 'Findings',
    more: 'There are more findings than are listed; correct these first.',
    severities: { error: 'error', warning: 'warning' },
    columns: ['Invoice', 'Severity', 'Code', 'Rule', 'Line', 'Column', 'Field', 'Value', 'Finding', 'What to do'],
    decimalMark: '.',
  },
};
