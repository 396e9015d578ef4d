import { childOf, childrenOf, textAt, type MessagePart } from './message-part.ts';
import { readMoneyPart } from './read-amount.ts';
import type { ReferenceCandidate, ReferenceSource, RemittancePart } from '#engine/matching/bank-file.ts';
import type { Currency, Minor } from '#engine/money.ts';

/** Candidates of one transaction: 300 documents and their texts. */
const MAX_REFERENCES = 1000;
/** Longest reference of any scheme, and of a document number (Max35). */
const MAX_REFERENCE_CHARACTERS = 35;
/** Digits of a reference inside a text; shorter ones inside a bank's or payer's own id mean nothing. */
const MIN_TEXT_DIGITS = 2;
const MIN_ID_DIGITS = 4;

/** Everything of a transaction that a reference was ever seen in (reference/iso20022.md §2.7). */
export interface ReferencePlaces {
  readonly structured: readonly MessagePart[];
  readonly unstructured: readonly string[];
  readonly instructionId: string | undefined;
  readonly endToEndId: string | undefined;
  readonly additional: readonly string[];
}

export const referencePlaces = (transaction: MessagePart): ReferencePlaces => {
  const remittance = childOf(transaction, 'RmtInf');
  const structured = childrenOf(remittance, 'Strd');
  return {
    structured,
    unstructured: childrenOf(remittance, 'Ustrd').map((line) => line.text),
    instructionId: textAt(transaction, 'Refs', 'InstrId'),
    endToEndId: knownEndToEndId(textAt(transaction, 'Refs', 'EndToEndId')),
    additional: [
      ...structured.flatMap((part) => childrenOf(part, 'AddtlRmtInf').map((text) => text.text)),
      textAt(transaction, 'AddtlTxInf') ?? '',
    ],
  };
};

/** `NOTPROVIDED` stands where the payer gave none. */
const knownEndToEndId = (id: string | undefined): string | undefined =>
  id === undefined || /^NOT ?PROVIDED$/i.test(id) ? undefined : id;

/** All candidates, best source first, without repetition; whether one is valid, and ours, is for others to say. */
export function findReferences(places: ReferencePlaces): readonly ReferenceCandidate[] {
  const found = new Map<string, ReferenceSource>();
  const add = (source: ReferenceSource, values: readonly string[]): void => {
    for (const value of values) if (found.size < MAX_REFERENCES && !found.has(value)) found.set(value, source);
  };
  for (const part of places.structured)
    add('creditor-reference', wholeAndTokens(textAt(part, 'CdtrRefInf', 'Ref'), MIN_TEXT_DIGITS));
  for (const part of places.structured) {
    for (const document of childrenOf(part, 'RfrdDocInf'))
      add('document-number', wholeAndTokens(textAt(document, 'Nb'), MIN_TEXT_DIGITS));
  }
  // Some banks cut a text into lines of 35 characters, others write one reference a line: both are looked for.
  add('text', tokensOf(places.unstructured.join(''), MIN_TEXT_DIGITS));
  if (places.unstructured.length > 1) for (const line of places.unstructured) add('text', tokensOf(line, MIN_TEXT_DIGITS));
  add('instruction-id', wholeAndTokens(places.instructionId, MIN_ID_DIGITS));
  add('end-to-end-id', wholeAndTokens(places.endToEndId, MIN_ID_DIGITS));
  for (const text of places.additional) add('additional-text', tokensOf(text, MIN_TEXT_DIGITS));
  return Array.from(found, ([value, source]) => ({ source, value }));
}

/** A field that is made for a reference may hold one, or any text with one inside (SEB, §3.1). */
function wholeAndTokens(text: string | undefined, minDigits: number): readonly string[] {
  if (text === undefined) return [];
  if (PLAIN_REFERENCE.test(text)) return [text];
  const value = withoutFormType(text.replaceAll(/\s/g, ''));
  if (/^RF\d\d[A-Z0-9]{1,21}$/i.test(value)) return [value.toUpperCase()];
  const isLong = value.length > MAX_REFERENCE_CHARACTERS;
  if (/^\d+$/.test(value) && !/\s/.test(text)) return isLong ? [] : [value];
  return [...(isLong ? [] : [value]), ...tokensOf(text, minDigits)];
}

/** What nearly all are: nothing else can be made of it. */
const PLAIN_REFERENCE = new RegExp(`^\\d{1,${MAX_REFERENCE_CHARACTERS}}$`);

/** Danish payment slips: the form type before the payment id (§3.4). */
const withoutFormType = (text: string): string => text.replace(/^(?:04|15|71|75)\/(?=\d{15,16}$)/, '');

/** Runs of digits, with the blanks and hyphens inside and one by one, and references by ISO 11649. */
function tokensOf(text: string, minDigits: number): readonly string[] {
  if (!/\d/.test(text)) return [];
  const tokens: string[] = [];
  for (const [match] of text.matchAll(/\bRF\d{2}(?:[A-Z0-9]{1,21}\b|(?: \d+)+)/gi)) {
    tokens.push(match.replaceAll(' ', '').toUpperCase());
  }
  for (const [match] of text.matchAll(/\d(?:[\d\s-]*\d)?/g)) {
    const runs = match.split(/[\s-]+/);
    if (runs.length > 1) tokens.push(runs.join(''));
    tokens.push(...runs);
  }
  return tokens.filter((token) => token.length >= minDigits && token.length <= MAX_REFERENCE_CHARACTERS);
}

/** Nordea's lines end after 35 characters, in the middle of a word or not; other lines are apart (§2.7). */
const LINE_CHARACTERS = 35;

/** The text for people: remittance lines, then what else was said. */
export function joinTexts(places: ReferencePlaces): string {
  let text = '';
  let glued = true;
  for (const line of places.unstructured) {
    text += glued ? line : ` ${line}`;
    glued = line.length === LINE_CHARACTERS;
  }
  return [text, ...places.additional]
    .map((item) => item.trim().replaceAll(/\s+/g, ' '))
    .filter((item) => item !== '')
    .join(' ');
}

/** The payer's parts: reference, kind, and amount where the bank states one in the transaction's currency. */
export const readParts = (structured: readonly MessagePart[], currency: Currency): readonly RemittancePart[] =>
  structured.flatMap((part) => partsOf(part, currency));

function partsOf(part: MessagePart, currency: Currency): readonly RemittancePart[] {
  const { kind, amount } = valueOf(part, currency);
  const reference = textAt(part, 'CdtrRefInf', 'Ref');
  const stated = amount === undefined ? {} : { amount };
  // Where both stand in one part, the creditor's reference goes before the document number (§6.4).
  if (reference !== undefined) return [{ kind, reference: reference.replaceAll(/\s/g, ''), ...stated }];
  const numbers = childrenOf(part, 'RfrdDocInf').flatMap((document) => textAt(document, 'Nb') ?? []);
  return numbers.map((number) => ({ kind, reference: number, ...(numbers.length === 1 ? stated : {}) }));
}

/**
 * What the parts add up to, credit notes counted against the others; null where a part states no amount, so that nothing can be checked
 * (B9, §2.10).
 */
export function sumOfParts(structured: readonly MessagePart[], currency: Currency): Minor | null {
  if (structured.length === 0) return null;
  let total = 0n;
  for (const part of structured) {
    const { kind, amount } = valueOf(part, currency);
    if (amount === undefined) return null;
    total += kind === 'credit-note' ? -amount : amount;
  }
  return total;
}

function valueOf(
  part: MessagePart,
  currency: Currency,
): { readonly kind: RemittancePart['kind']; readonly amount: Minor | undefined } {
  const amounts = childOf(part, 'RfrdDocAmt');
  const amountOf = (name: string): Minor | undefined => {
    const money = readMoneyPart(childOf(amounts, name));
    return money?.currency === currency ? money.amount : undefined;
  };
  const remitted = amountOf('RmtdAmt');
  const credited = amountOf('CdtNoteAmt');
  const isCredit =
    textAt(part, 'RfrdDocInf', 'Tp', 'CdOrPrtry', 'Cd') === 'CREN' || (credited !== undefined && remitted === undefined);
  return isCredit
    ? { kind: 'credit-note', amount: credited ?? remitted }
    : { kind: 'invoice', amount: remitted ?? amountOf('DuePyblAmt') };
}
