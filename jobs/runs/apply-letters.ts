import { extraComponents, partsOf } from '#engine/amounts.ts';
import { enqueueMaking } from '../pipeline/make-documents.ts';
import { letterChannel } from '#engine/sockets/channel.ts';
import { invoicedAccount } from '#engine/sockets/account-scheme.ts';
import { ownReferences, loadTakenReferences } from '#engine/store/invoices.ts';
import type { Agreement, PaymentAccountTerms } from '#engine/agreement.ts';
import type { Seller } from '#engine/invoice.ts';
import type { IsoDate } from '#engine/iso-date.ts';
import type { Language } from '#engine/language.ts';
import { claimPostings } from '#engine/ledger.ts';
import { composeDemand, type InvoiceFacts } from '#engine/claims/compose-demand.ts';
import { groupLetters, type LetterPlan, type PlannedStep } from '#engine/claims/plan-demands.ts';
import {
  claimKey,
  demandId,
  storeDemandDocuments,
  type PlannedDemand,
  storeDemandSteps,
  type NewDemandStep,
} from '#engine/store/demand-letters.ts';
import type { BookedTransaction } from '#engine/store/ledger.ts';
import {
  loadAddressedDebtors,
  loadClaimedInvoices,
  loadLanguages,
  type AddressedDebtor,
  type ClaimedInvoice,
} from '#engine/store/letter-facts.ts';
import { takeNumbers } from '#engine/store/number-series.ts';
import { countryOf } from '#engine/sockets/parts.ts';
import { agreementOf } from '../house/house.ts';
import { groundOf } from './demand-basis.ts';
import type { Applied, RunStep } from './run-kind.ts';
import { takeReferences } from '../pipeline/book-documents.ts';

/** A letter of the steps of one or several runs. */
type RunLetter = LetterPlan<RunStep>;

/** Letters made by one set of statements. */
const CHUNK_LETTERS = 1000;

/** Numbers of a client's reminders and demands, without gaps. */
export const letterSeries = (client: string): string => `demand:${client}`;

/** Makes the letters of all steps that are letters, chunk by chunk: documents, steps, claims. */
export async function applyLetters(applied: Applied): Promise<void> {
  const { tx, client, house } = applied;
  const letters = groupLetters(applied.steps, await languagesOf(applied));
  for (let first = 0; first < letters.length; first += CHUNK_LETTERS)
    await applyChunk(applied, letters.slice(first, first + CHUNK_LETTERS));
  const channels = letters.map(({ agreementVersion }) => channelFor(applied, agreementVersion));
  await enqueueMaking(house, tx, { client, channels });
}

async function languagesOf({ tx, steps }: Applied): Promise<(step: { receivable: { id: bigint } }) => Language> {
  const languages = await loadLanguages(
    tx,
    steps.map(({ receivable }) => receivable.id),
  );
  return ({ receivable }) => {
    const language = languages.get(receivable.id);
    if (language === undefined) throw new Error(`receivable ${receivable.id} has no invoice`);
    return language;
  };
}

/** What a chunk's letters are written from. */
interface ChunkFacts {
  readonly invoices: ReadonlyMap<bigint, ClaimedInvoice>;
  readonly debtors: ReadonlyMap<bigint, AddressedDebtor>;
}

async function applyChunk(applied: Applied, letters: readonly RunLetter[]): Promise<void> {
  const { tx, client } = applied;
  const facts = await loadFacts(applied, letters);
  const first = await takeNumbers(tx, letterSeries(client), letters.length);
  const numbered = letters.map((letter, index) => {
    const number = String(first + BigInt(index));
    return { letter, number, id: demandId(client, letter.kind, number) };
  });
  const references = await giveReferences(applied, numbered, facts.invoices);
  const written = numbered.map(({ letter, number, id }, index) => ({
    id,
    letter,
    debtor: letter.debtor,
    demand: composeDemand(letter, frameOf(applied, facts, { letter, number, reference: references[index] ?? '' })),
  }));
  await storeDocuments(applied, written);
  await ownReferences(
    tx,
    written.flatMap((item, index) => {
      const reference = references[index] ?? '';
      const isNew = item.letter.steps.every(({ receivable }) => facts.invoices.get(receivable.id)?.reference !== reference);
      const account = firstAccount(agreementOf(applied.house, client, item.letter.agreementVersion));
      return isNew ? [{ account, reference, document: item.id }] : [];
    }),
  );
  await storeSteps(applied, written);
  const claims = written.flatMap((item) => claimOf(applied, item.id, item.letter));
  await applied.ledger.book(claims);
}

async function loadFacts({ tx }: Applied, letters: readonly RunLetter[]): Promise<ChunkFacts> {
  const receivables = letters.flatMap(({ steps }) => steps.map(({ receivable }) => receivable.id));
  const debtors = [...new Set(letters.map(({ debtor }) => debtor))];
  const invoices = await loadClaimedInvoices(tx, receivables);
  const addressed = await loadAddressedDebtors(tx, debtors);
  return {
    invoices: new Map(invoices.map((invoice) => [invoice.receivable, invoice])),
    debtors: new Map(addressed.map((debtor) => [debtor.id, debtor])),
  };
}

interface Numbered {
  readonly letter: RunLetter;
  readonly number: string;
  readonly reference: string;
}

function frameOf(applied: Applied, { invoices, debtors }: ChunkFacts, { letter, number, reference }: Numbered) {
  const { bureau } = applied.house.config;
  const agreement = agreementOf(applied.house, applied.client, letter.agreementVersion);
  const debtor = debtors.get(letter.debtor);
  if (debtor === undefined) throw new Error(`debtor ${letter.debtor} is not registered`);
  const bought = agreement.product === 'purchase';
  return {
    number,
    date: letterDate(letter),
    creditor: bought ? bureauAsSeller(applied) : agreement.seller,
    ...(bought ? { assignedFrom: agreement.seller.name } : {}),
    agent: {
      name: bureau.name,
      organisationNumber: bureau.organisationNumber,
      address: bureau.address,
      telephone: bureau.contact.telephone ?? '',
      email: bureau.contact.email ?? '',
      licensed: bureau.licences[agreement.country] === true,
    },
    debtor: { number: debtor.number, name: debtor.party.name, class: debtor.class, address: debtor.party.address },
    account: invoicedAccount(applied.house.config.parts, firstAccount(agreement), agreement.seller.name),
    paymentReference: reference,
    ...(bureau.collectionAgency === undefined ? {} : { handoverTo: bureau.collectionAgency }),
    interestBasis: agreement.terms.lateInterest.kind === 'contract' ? ('contract' as const) : ('statutory' as const),
    invoices: new Map(
      letter.steps.map(({ receivable }) => [receivable.id, invoiceFacts(invoices, receivable.id, letter.language)]),
    ),
  };
}

function invoiceFacts(invoices: ChunkFacts['invoices'], receivable: bigint, language: Language): InvoiceFacts {
  const invoice = invoices.get(receivable);
  if (invoice === undefined) throw new Error(`receivable ${receivable} has no invoice`);
  const { number, issueDate, originalAmount } = invoice;
  return { receivable, number, issueDate, originalAmount, ground: groundOf(invoice, language) };
}

/** The bureau as creditor of a claim it has bought. */
function bureauAsSeller({ house: { config } }: Applied): Seller {
  const { name, organisationNumber, address, contact } = config.bureau;
  return {
    name,
    identifiers: [],
    legalId: { id: organisationNumber, scheme: countryOf(config.parts, address.country).identity.scheme },
    address,
    contact,
  };
}

/** The account that debtors pay to, and whose references they give. */
function firstAccount(agreement: Agreement): PaymentAccountTerms {
  const account = agreement.paymentAccounts[0];
  if (account === undefined) throw new Error(`agreement ${agreement.client}/${agreement.version} has no payment account`);
  return account;
}

/** The business date of the latest run that has a claim in the letter. */
const letterDate = ({ steps }: RunLetter): IsoDate => steps.map(({ run }) => run.businessDate).reduce((a, b) => (a < b ? b : a));

async function storeDocuments(
  applied: Applied,
  written: readonly (PlannedDemand & { readonly letter: RunLetter })[],
): Promise<void> {
  const { tx, client, at } = applied;
  const batches = Map.groupBy(written, ({ letter }) => `${letter.agreementVersion} ${latestRun(letter).id}`);
  for (const batch of batches.values()) {
    const { letter } = batch[0]!;
    const { letter: style } = agreementOf(applied.house, applied.client, letter.agreementVersion);
    const common = {
      client,
      run: latestRun(letter).id,
      agreementVersion: letter.agreementVersion,
      layout: `${style.layout}/${style.layoutVersion}`,
      channel: channelFor(applied, letter.agreementVersion),
      at,
    };
    await storeDemandDocuments(tx, common, batch);
  }
}

/** Id of the channel of the letters under an agreement. */
const channelFor = ({ house, client }: Applied, agreementVersion: number): string =>
  letterChannel(house.config.parts, agreementOf(house, client, agreementVersion).channels).id;

const latestRun = ({ steps }: RunLetter): RunStep['run'] =>
  steps.map(({ run }) => run).reduce((a, b) => (a.businessDate < b.businessDate ? b : a));

async function storeSteps(
  { tx }: Applied,
  written: readonly { readonly id: string; readonly letter: RunLetter }[],
): Promise<void> {
  const steps = written.flatMap(({ id, letter }) =>
    letter.steps.map((step) => ({ run: step.run, row: stepRow(id, letter.deadline, step) })),
  );
  for (const batch of Map.groupBy(steps, ({ run }) => run.id).values())
    await storeDemandSteps(
      tx,
      batch[0]!.run,
      batch.map(({ row }) => row),
    );
}

/** A step's row; the letter's deadline is that of all its claims. */
export const stepRow = (document: string | null, deadline: IsoDate | null, { receivable, step }: PlannedStep): NewDemandStep => ({
  receivable: receivable.id,
  level: step.level,
  kind: step.document,
  document,
  amounts: step.amounts,
  deadline,
  policy: JSON.stringify({
    agreementVersion: receivable.agreementVersion,
    debtorClass: receivable.debtor.class,
    step: step.level,
  }),
});

/** The one ledger transaction of a letter: what it claims anew, claim by claim and component by component. */
function claimOf(applied: Applied, document: string, letter: RunLetter): readonly BookedTransaction[] {
  const { product } = agreementOf(applied.house, applied.client, letter.agreementVersion);
  const postings = letter.steps.flatMap(({ receivable: { id: receivable, currency }, step: { amounts } }) =>
    partsOf(amounts, extraComponents).flatMap((part) => claimPostings(product, { ...part, currency, receivable })),
  );
  if (postings.length === 0) return [];
  return [{ kind: 'claim', effectKey: claimKey(document), entryDate: letterDate(letter), postings }];
}

interface NumberedLetter {
  readonly letter: LetterPlan;
}

/**
 * The payment reference of each letter: that of its invoice, where it is about one; else one of its own from the account's series, so that
 * one payment covers all its claims.
 */
async function giveReferences(
  applied: Applied,
  letters: readonly NumberedLetter[],
  invoices: ReadonlyMap<bigint, ClaimedInvoice>,
): Promise<readonly string[]> {
  const kept = letters.map(({ letter }) => {
    const [only, ...others] = letter.steps;
    return others.length === 0 && only ? (invoices.get(only.receivable.id)?.reference ?? null) : null;
  });
  const needing = new Map<number, number>();
  for (const [index, { letter }] of letters.entries())
    if (kept[index] === null) needing.set(letter.agreementVersion, (needing.get(letter.agreementVersion) ?? 0) + 1);
  const fresh = new Map<number, Iterator<string>>();
  for (const [version, count] of [...needing].toSorted(([a], [b]) => a - b))
    fresh.set(version, await takeFresh(applied, version, count));
  return letters.map(({ letter }, index) => kept[index] ?? nextOf(fresh.get(letter.agreementVersion)));
}

function nextOf(references: Iterator<string> | undefined): string {
  const next = references?.next();
  if (next === undefined || next.done === true) throw new Error('too few payment references were taken');
  return next.value;
}

/** Free references of the agreement's first account; a sender that makes its own may have given out some of the series. */
async function takeFresh(applied: Applied, version: number, count: number): Promise<Iterator<string>> {
  const { tx } = applied;
  const account = agreementOf(applied.house, applied.client, version).paymentAccounts[0];
  if (account === undefined) throw new Error(`agreement ${version} of ${applied.client} has no payment account`);
  const free: string[] = [];
  while (free.length < count) {
    const missing = count - free.length;
    const made = await takeReferences(tx, applied.house.config.parts, { account, count: missing });
    const taken = await loadTakenReferences(tx, account, made);
    free.push(...made.filter((reference) => !taken.has(reference)));
  }
  return free[Symbol.iterator]();
}
