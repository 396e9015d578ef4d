import type { ReferenceTerms } from '#engine/agreement.ts';
import { accountKey } from '#engine/sockets/account-scheme.ts';
import { agreedReferences, type PaymentParts, type ReferenceScheme } from '#engine/sockets/reference-scheme.ts';
import type { ClientFile } from '../client-file.ts';
import type { ConfigProblem } from '../config-problem.ts';
import { problemAt } from '../yaml-source.ts';

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
