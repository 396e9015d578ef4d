import { group, list, record } from './group-parts.ts';
import { childrenOf, reportAt, type Part, type PartsOf, type RequiredPart } from './part.ts';
import { attribute, date, must, text, textWith } from './value-parts.ts';
import { CAC } from './names.ts';
import { xmlNode } from '../xml/write-xml.ts';
import type { PaymentAccount, PaymentMeans } from '#engine/invoice.ts';
import type { IsoDate } from '#engine/iso-date.ts';

/** Payment instructions in UBL (reference/einvoice.md §1.3, §1.8), in schema order. */

const accountParts: PartsOf<PaymentAccount> = {
  id: must(text('ID'), 'ID', 'BR-50'),
  name: text('Name'),
  branch: text('FinancialInstitutionBranch/ID'),
};

const meansParts: PartsOf<PaymentMeans> = {
  code: must(textWith('PaymentMeansCode', ['name']), 'PaymentMeansCode', 'BR-49'),
  name: attribute('PaymentMeansCode', 'name'),
  reference: text('PaymentID'),
  card: group(
    'CardAccount',
    record<NonNullable<PaymentMeans['card']>>({
      number: must(text('PrimaryAccountNumberID'), 'PrimaryAccountNumberID', 'BT-87'),
      network: must(text('NetworkID'), 'NetworkID', 'UBL CardAccount'),
      holder: text('HolderName'),
    }),
  ),
  account: group('PayeeFinancialAccount', record(accountParts)),
  mandate: group(
    'PaymentMandate',
    record<NonNullable<PaymentMeans['mandate']>>({ id: text('ID'), debitedAccount: text('PayerFinancialAccount/ID') }),
  ),
};

export const paymentMeans: RequiredPart<readonly PaymentMeans[]> = list('PaymentMeans', record(meansParts));

/**
 * BT-9 of a credit note, which has no due date of its own: it stands in the payment means. Written into the first, after its code;
 * without payment means there is no place for it.
 */
export const creditNoteDueDate: Part<IsoDate> = {
  read: (from) => {
    const means = childrenOf(from.element, 'PaymentMeans', CAC);
    const dates = means.flatMap((element) => date('PaymentDueDate').read({ ...from, element }) ?? []);
    const other = means.find((element) =>
      element.children.some((child) => child.name === 'PaymentDueDate' && child.text.trim() !== dates[0]),
    );
    if (dates.length > 1 && other !== undefined) reportAt(from, other, 'XML-REPEATED', { rule: 'UBL-SR' });
    return dates[0];
  },
  write: (value, into) => {
    const first = into.node.children.find((child) => child.name === 'cac:PaymentMeans');
    first?.children.splice(1, 0, xmlNode('cbc:PaymentDueDate', value));
  },
};
