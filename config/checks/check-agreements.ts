import { agreedFeeBound } from '#engine/law/bounds.ts';
import { formatAmount } from '#engine/money.ts';
import { accountSchemeOf } from '#engine/sockets/account-scheme.ts';
import { channelOf } from '#engine/sockets/channel.ts';
import { invoiceReader } from '#engine/sockets/format.ts';
import { agreedReferences } from '#engine/sockets/reference-scheme.ts';
import { countryOf, type Parts } from '#engine/sockets/parts.ts';
import type { AgreementTerms, ClientFile } from '../client-file.ts';
import type { ConfigProblem } from '../config-problem.ts';
import { problemAt, type YamlPath } from '../yaml-source.ts';

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
