import { isBlank, type Report, type Rule } from './rule.ts';
import { countryCodes } from '../code-lists/country-codes.ts';
import type { Invoice } from '../invoice.ts';

/** Parties: BR-17 and UBL-SR-19 … -21 (payee), BR-CO-09 (VAT numbers), BR-CO-26 (seller's identity). */
export const partyRules: Rule = (invoice, report) => {
  checkPayee(invoice, report);
  const { seller, buyer, taxRepresentative } = invoice;
  checkVatId(seller.vatId, 'seller.vatId', report);
  checkVatId(buyer.vatId, 'buyer.vatId', report);
  checkVatId(taxRepresentative?.vatId, 'taxRepresentative.vatId', report);
  const identified =
    !isBlank(seller.vatId) ||
    !isBlank(seller.legalId?.id) ||
    seller.identifiers.some((item) => item.scheme !== 'SEPA' && !isBlank(item.id));
  if (!identified) report('INV-SELLER-IDENTITY', 'seller', 'BR-CO-26');
};

/** A payee is somebody else than the seller, by name and by number. */
function checkPayee({ payee, seller }: Invoice, report: Report): void {
  if (payee === undefined) return;
  if (isBlank(payee.name)) report('INV-TERM-MISSING', 'payee.name', 'BR-17');
  const sameName = payee.name === seller.name || payee.name === seller.tradingName;
  const sameId =
    seller.identifiers.some((item) => item.id === payee.identifier?.id) ||
    (payee.legalId && payee.legalId.id === seller.legalId?.id);
  if (sameName) report('INV-PAYEE-IS-SELLER', 'payee.name', 'BR-17, UBL-SR-19', { value: payee.name });
  else if (sameId) report('INV-PAYEE-IS-SELLER', 'payee.identifier', 'BR-17, UBL-SR-20, UBL-SR-21', { value: payee.name });
}

/** A VAT number begins with its country; Greece is EL there. */
function checkVatId(vatId: string | undefined, path: string, report: Report): void {
  if (vatId === undefined) return;
  const country = vatId.slice(0, 2);
  if (country !== 'EL' && !countryCodes.has(country)) report('INV-VAT-ID-PREFIX', path, 'BR-CO-09', { value: vatId });
}
