import type { HouseConfig } from '#config/house-config.ts';
import { OperatingError } from '#engine/operating-error.ts';
import type { StoredReceivable } from '#engine/store/payments/load-undecided.ts';
import { countryOf } from '#engine/sockets/parts.ts';
import type { OpenReceivable } from '#engine/matching/allocate-payment.ts';

/** What was agreed about payments of a receivable, under the version it was issued under. Throws an OperatingError if that is gone. */
export function paymentTermsOf(
  config: HouseConfig,
  {
    client,
    agreementVersion,
    debtorClass,
    invoiceNumber,
  }: Pick<StoredReceivable, 'client' | 'agreementVersion' | 'debtorClass' | 'invoiceNumber'>,
): Pick<OpenReceivable, 'toleranceAmount' | 'order' | 'product'> {
  const agreement = config.clients.get(client)?.agreements.find(({ version }) => version === agreementVersion);
  if (agreement === undefined || agreement.product === 'distribute-only') {
    throw new OperatingError({
      problem: `Invoice ${invoiceNumber} was issued under version ${agreementVersion} of the agreement with ${client}, which is not configured.`,
      fix: 'Put the version back into the client’s file: what was agreed is needed for as long as its invoices are open.',
      retry: 'later',
    });
  }
  return {
    product: agreement.product,
    order: countryOf(config.parts, agreement.country).appropriationOrder[debtorClass],
    // Without a policy nothing is demanded, so nothing is forgiven either.
    toleranceAmount: agreement.policies?.[debtorClass]?.toleranceAmount ?? 0n,
  };
}
