import type { PaymentAccount, PaymentMeans } from '#engine/invoice.ts';
import { invoicedScheme } from '#engine/sockets/account-scheme.ts';
import { carriedReferences } from '#engine/sockets/reference-scheme.ts';
import type { PartContext } from '../parts/flow.ts';

interface Printed {
  readonly label: string;
  readonly value: string;
}

/** An account under the name of its scheme, as people write it; one of no known scheme stands as it was given. */
export function printAccount({ parts, texts, language }: PrintContext, account: PaymentAccount): Printed {
  const scheme = invoicedScheme(parts, account);
  return scheme === undefined
    ? { label: texts.panel.account, value: account.id }
    : { label: scheme.labels[language], value: scheme.print(account.id) };
}

/** A payment reference under the name of the scheme whose form it has, of those that payments to the account carry. */
export function printReference(context: PrintContext, reference: string, account: PaymentAccount | undefined): Printed {
  const { parts, texts, language } = context;
  const paidTo = account === undefined ? undefined : invoicedScheme(parts, account);
  const schemes = carriedReferences(parts, paidTo === undefined ? [] : [{ kind: paidTo.id }]);
  const scheme = schemes.find(({ fits }) => fits(reference));
  return scheme === undefined
    ? { label: texts.panel.reference, value: reference }
    : { label: scheme.labels[language], value: scheme.print(reference) };
}

type PrintContext = Pick<PartContext, 'parts' | 'texts' | 'language'>;

/** UNCL4461: 49 direct debit, 59 SEPA direct debit. */
export const isDirectDebit = (means: PaymentMeans): boolean => means.code === '49' || means.code === '59';

/** A registration number as people write it in the country it is of. */
export const printLegalId = (
  { parts }: Pick<PartContext, 'parts'>,
  { id, country }: { readonly id: string; readonly country: string },
): string => parts.countries[country]?.identity.printLegalId(id) ?? id;
