import { compareDecimals, decimal } from '#engine/decimal.ts';
import { accountSchemeOf, type WithAccounts } from '#engine/sockets/account-scheme.ts';
import type { AgreementTerms, ClientFile } from '../client-file.ts';
import type { ConfigProblem } from '../config-problem.ts';
import { problemAt, type YamlPath } from '../yaml-source.ts';

interface Complaint {
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

function* productComplaints({ product, payout, purchase, fees }: AgreementTerms): Generator<Complaint> {
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

function* receiverComplaints({ payout, currency }: AgreementTerms, parts: WithAccounts): Generator<Complaint> {
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
function* changeComplaints({ product }: AgreementTerms, before: AgreementTerms | undefined): Generator<Complaint> {
  if (before === undefined || (product === 'purchase') === (before.product === 'purchase')) return;
  yield {
    path: ['product'],
    message: `A client cannot go from ${before.product} to ${product}: its money would be mixed with the bureau’s.`,
    hint: 'Make a new client for it, with a file of its own.',
  };
}
