import { agreedFeeBound } from '#engine/claims/bounds.ts';
import { formatAmount } from '#engine/money.ts';
import { accountSchemeOf, type WithAccounts, accountKey } from '#engine/sockets/account-scheme.ts';
import { channelOf } from '#engine/sockets/channel.ts';
import { invoiceReader } from '#engine/sockets/format.ts';
import { agreedReferences, type PaymentParts, type ReferenceScheme } from '#engine/sockets/reference-scheme.ts';
import { countryOf, type Parts } from '#engine/sockets/parts.ts';
import type { AgreementTerms, ClientFile } from '../client-file.ts';
import type { ConfigProblem } from '../config-problem.ts';
import { problemAt, type YamlPath } from '../yaml-source.ts';
import { compareDecimals, decimal } from '#engine/decimal.ts';
import type { ReferenceTerms } from '#engine/agreement.ts';
import { nearestWord } from '../read-config-file.ts';

interface Complaint {
  readonly path: YamlPath;
  readonly message: string;
  readonly hint: string;
}

/** What each value for itself does not show: order and overlap of the versions, the law's limits, and terms that contradict each other. */
export function checkAgreements({ source, value }: ClientFile, parts: Parts): readonly ConfigProblem[] {
  return value.agreements.flatMap((agreement, index) => {
    const complaints = [
      ...sequenceComplaints(agreement, value.agreements[index - 1], index),
      ...termsComplaints(agreement, parts),
      ...deliveryComplaints(agreement, parts),
      ...sellerComplaints(agreement, parts),
      ...agreement.paymentAccounts.flatMap((account, position) => [...referenceComplaints(account, position, parts)]),
    ];
    return complaints.map(({ path, message, hint }) =>
      problemAt(source, { path: ['agreements', index, ...path], message, hint }),
    );
  });
}

function* sequenceComplaints(agreement: AgreementTerms, before: AgreementTerms | undefined, index: number): Generator<Complaint> {
  if (agreement.version !== index + 1) {
    yield {
      path: ['version'],
      message: `Version ${agreement.version} stands in place ${index + 1}.`,
      hint: 'Number the versions 1, 2, 3 … from the oldest to the newest; never take an old one away.',
    };
  }
  if (agreement.validTo !== undefined && agreement.validTo < agreement.validFrom) {
    yield { path: ['validTo'], message: 'The last day is before the first.', hint: 'Correct validFrom or validTo.' };
  }
  if (before === undefined) return;
  if (before.validTo === undefined || before.validTo >= agreement.validFrom) {
    yield {
      path: ['validFrom'],
      message: `Version ${agreement.version} begins ${agreement.validFrom}, before version ${before.version} has ended.`,
      hint: `Give version ${before.version} a validTo of the day before, or a later validFrom here.`,
    };
  }
}

function* termsComplaints({ terms, country, currency, validFrom, product }: AgreementTerms, parts: Parts): Generator<Complaint> {
  if (terms.paymentDays < terms.minimumDays) {
    yield {
      path: ['terms', 'paymentDays'],
      message: `Payment days ${terms.paymentDays} are fewer than the minimum of ${terms.minimumDays}.`,
      hint: 'Raise paymentDays or lower minimumDays.',
    };
  }
  const fee = terms.reminderFeeAmount;
  if (fee === undefined) return;
  const law = countryOf(parts, country);
  const bound = agreedFeeBound(law, validFrom);
  if (bound !== undefined && currency === law.currency && fee > bound.value) {
    yield {
      path: ['terms', 'reminderFee'],
      message: `A reminder fee of ${formatAmount(fee)} is above the law's ${formatAmount(bound.value)} (rule ${bound.rule}, ${bound.source}).`,
      hint: `Write at most ${formatAmount(bound.value)}.`,
    };
  }
  if (product === 'distribute-only') {
    yield {
      path: ['terms', 'reminderFee'],
      message: 'A reminder fee has no meaning for documents that are only distributed.',
      hint: 'Take it away, or write product: service.',
    };
  }
}

function* deliveryComplaints(
  { channels, input, letter, currency, seller, paymentAccounts }: AgreementTerms,
  parts: Parts,
): Generator<Complaint> {
  const known = channels.map((id) => channelOf(parts, id));
  if (known.at(-1)?.reachesAll !== true || new Set(channels).size < channels.length) {
    const last = Object.values(parts.channels).flatMap(({ id, reachesAll }) => (reachesAll ? [id] : []));
    yield {
      path: ['channels'],
      message: `The channels must be named once each, ${last.join(' or ')} last.`,
      hint: `Write ${last.map((id) => `[${id}]`).join(' or ')} or [${Object.keys(parts.channels).toReversed().join(', ')}]: paper is what always remains.`,
    };
  }
  for (const { lacking } of known) {
    const lack = lacking?.(seller);
    if (lack !== undefined) yield { path: ['seller'], ...lack };
  }
  const { encodings } = invoiceReader(parts, input.format.kind);
  if (!encodings.includes(input.encoding)) {
    yield {
      path: ['input', 'encoding'],
      message: `${capitalised(input.format.kind)} files are always in ${encodings.join(' or ').toUpperCase()}.`,
      hint: `Write encoding: ${encodings[0]}.`,
    };
  }
  const [paidOn] = paymentAccounts;
  const scheme = paidOn && accountSchemeOf(parts, paidOn.kind);
  if (letter.paymentSlip && scheme?.currencies?.includes(currency) === false) {
    yield {
      path: ['letter', 'paymentSlip'],
      message: `A ${scheme.id} slip can be paid in ${scheme.currencies.join(', ')} only, not in ${currency}.`,
      hint: 'Write paymentSlip: no.',
    };
  }
}

const capitalised = (word: string): string => word.slice(0, 1).toUpperCase() + word.slice(1);

function* sellerComplaints({ seller, country }: AgreementTerms, parts: Parts): Generator<Complaint> {
  const number = seller.legalId?.id ?? '';
  const { identity } = countryOf(parts, country);
  if (seller.vatId !== undefined && !identity.holds(seller.vatId, number)) {
    yield {
      path: ['seller', 'vatNumber'],
      message: `The VAT number ${seller.vatId} does not hold the organisation number ${number}.`,
      hint: `Write ${identity.vatIdOf(number)}, or correct the organisation number.`,
    };
  }
  if (seller.endpoint?.scheme === identity.scheme && !identity.isEndpoint(seller.endpoint.id)) {
    yield {
      path: ['seller', 'endpoint'],
      message: `"${seller.endpoint.id}" is no organisation number with a right check digit, which scheme ${identity.scheme} demands (${identity.endpointRule}).`,
      hint: `Write ${identity.scheme}:${number}.`,
    };
  }
}

function* referenceComplaints(
  account: AgreementTerms['paymentAccounts'][number],
  position: number,
  parts: Parts,
): Generator<Complaint> {
  const problem = agreedReferences(parts, account).problem(account.reference);
  if (problem !== undefined) yield { path: ['paymentAccounts', position, 'reference', 'serialDigits'], ...problem };
}

interface PayoutComplaint {
  readonly path: YamlPath;
  readonly message: string;
  readonly hint: string;
}

/** What an agreement says of money that goes to the client must fit its product, and the receiver's account must exist. */
export function checkPayouts({ source, value }: ClientFile, parts: WithAccounts): readonly ConfigProblem[] {
  return value.agreements.flatMap((agreement, index) =>
    [
      ...productComplaints(agreement),
      ...receiverComplaints(agreement, parts),
      ...changeComplaints(agreement, value.agreements[index - 1]),
    ].map(({ path, message, hint }) => problemAt(source, { path: ['agreements', index, ...path], message, hint })),
  );
}

function* productComplaints({ product, payout, purchase, fees }: AgreementTerms): Generator<PayoutComplaint> {
  if (product === 'distribute-only') {
    if (payout !== undefined)
      yield {
        path: ['payout'],
        message: 'Nothing is paid out where documents are only distributed: no payments are kept.',
        hint: 'Take it away, or write product: service.',
      };
  } else if (payout === undefined) {
    yield {
      path: ['product'],
      message: `Product ${product} needs to know where the client’s money goes.`,
      hint: 'Add payout: with receiver, name, town, minimum, schedule, holdBackDays and approvalLimit.',
    };
  }
  if ((product === 'purchase') !== (purchase !== undefined))
    yield {
      path: purchase === undefined ? ['product'] : ['purchase'],
      message: purchase === undefined ? 'Purchased receivables have no price.' : `Product ${product} buys nothing.`,
      hint:
        purchase === undefined
          ? 'Add purchase: { pricePercent: 96, recourse: no }.'
          : 'Take it away, or write product: purchase.',
    };
  if (purchase !== undefined && compareDecimals(purchase.pricePercent, decimal('0')) <= 0)
    yield {
      path: ['purchase', 'pricePercent'],
      message: 'A receivable cannot be bought for nothing.',
      hint: 'Write the share of the nominal amount that the client gets: 96.',
    };
  for (const [key, fee] of [
    ['reminder', fees.reminderAmount],
    ['demand', fees.demandAmount],
    ['payment', fees.paymentAmount],
  ] as const) {
    if ((product === 'distribute-only') === (fee === undefined)) continue;
    yield fee === undefined
      ? {
          path: ['fees'],
          message: `The bureau’s fee per ${key} is missing.`,
          hint: `Add ${key}: with an amount, 0.00 if it is free.`,
        }
      : {
          path: ['fees', key],
          message: `A fee per ${key} has no meaning for documents that are only distributed.`,
          hint: 'Take it away.',
        };
  }
}

function* receiverComplaints({ payout, currency }: AgreementTerms, parts: WithAccounts): Generator<PayoutComplaint> {
  if (payout === undefined) return;
  const { currencies, problem: problemOf, fields } = accountSchemeOf(parts, payout.receiver.kind);
  if (currencies !== undefined && !currencies.includes(currency))
    yield {
      path: ['payout', 'receiver', 'kind'],
      message: `Money in ${currency} cannot be paid to a ${payout.receiver.kind} number.`,
      hint: 'Write kind: iban.',
    };
  const problem = problemOf?.(payout.receiver.number);
  if (problem !== undefined)
    yield {
      path: ['payout', 'receiver', fields.at(-1)!.key],
      message: `${problem}.`,
      hint: 'Ask the client for a copy of the bank’s own text.',
    };
}

/** Bought claims are the bureau's money, the others the client's: one ledger cannot hold both (inkassolagen 10 §). */
function* changeComplaints({ product }: AgreementTerms, before: AgreementTerms | undefined): Generator<PayoutComplaint> {
  if (before === undefined || (product === 'purchase') === (before.product === 'purchase')) return;
  yield {
    path: ['product'],
    message: `A client cannot go from ${before.product} to ${product}: its money would be mixed with the bureau’s.`,
    hint: 'Make a new client for it, with a file of its own.',
  };
}

/** A series of references on one account: where it is agreed. */
interface Series {
  readonly client: ClientFile;
  readonly agreement: number;
  readonly account: string;
  readonly reference: ReferenceTerms;
  readonly scheme: ReferenceScheme;
}

/**
 * Payment references are unique per account for ever (F32), so two series of one account may never give the same digits: neither those of
 * two clients nor those of two versions with other prefixes. A document's reference is made by its first account and printed with all.
 */
export function checkReferences(clients: readonly ClientFile[], parts: PaymentParts): readonly ConfigProblem[] {
  const accepted: Series[] = [];
  const problems: ConfigProblem[] = [];
  for (const series of clients.flatMap((client) => seriesOf(client, parts))) {
    const other = accepted.find((item) => isConflict(item, series));
    if (other === undefined) accepted.push(series);
    else problems.push(conflictProblem(series, other));
  }
  return problems;
}

function seriesOf(client: ClientFile, parts: PaymentParts): readonly Series[] {
  return client.value.agreements.flatMap(({ paymentAccounts }, agreement) => {
    const [first] = paymentAccounts;
    if (first === undefined) return [];
    const made = { client, agreement, reference: first.reference, scheme: agreedReferences(parts, first) };
    return paymentAccounts.map((account) => ({ ...made, account: accountKey(account) }));
  });
}

function isConflict(a: Series, b: Series): boolean {
  // Two schemes never make the same reference with the right check digits for both but by chance, which the table of references refuses.
  if (a.account !== b.account || a.scheme.id !== b.scheme.id || !a.scheme.canCollide(a.reference, b.reference)) return false;
  const continues = a.client.id === b.client.id && a.reference.prefix === b.reference.prefix;
  return !continues;
}

function conflictProblem({ client, agreement, account, reference }: Series, other: Series): ConfigProblem {
  return problemAt(client.source, {
    path: ['agreements', agreement, 'paymentAccounts', 0, 'reference', 'prefix'],
    message: `References with prefix "${reference.prefix}" on ${account} could be the same as those of client ${other.client.id}.`,
    hint: `Client ${other.client.id} has prefix "${other.reference.prefix}" and ${other.reference.serialDigits} digits: take a prefix that neither begins the other.`,
  });
}

/** Every agreement names a printer that has a file. */
export function checkPrinterNames({ source, value }: ClientFile, printers: readonly string[]): readonly ConfigProblem[] {
  return value.agreements.flatMap(({ letter: { printer } }, index) => {
    if (printers.includes(printer)) return [];
    const near = nearestWord(printer, printers);
    const known = printers.length === 0 ? 'there is none yet' : printers.join(', ');
    return [
      problemAt(source, {
        path: ['agreements', index, 'letter', 'printer'],
        message: `There is no printer "${printer}".`,
        hint: `${near === undefined ? '' : `Did you mean "${near}"? `}Printers have a file each in config/printers: ${known}.`,
      }),
    ];
  });
}
