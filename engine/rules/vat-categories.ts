/** What EN 16931 asks of a VAT category (reference/einvoice.md §1.5, table of category rules). */
export interface VatCategoryRule {
  /** As in the rules' ids: `BR-IC-05`. */
  readonly prefix: string;
  /** The rate on lines, allowances, charges and in the breakdown. */
  readonly rate: 'positive' | 'any' | 'zero' | 'absent';
  /** Several rows of the breakdown, one for each rate; otherwise exactly one. */
  readonly byRate: boolean;
  /** Must the breakdown say why no VAT is charged? */
  readonly reason: 'required' | 'forbidden';
  /** Registration numbers that must be there: the seller's (or its representative's) and the buyer's; `none`: no VAT number at all. */
  readonly ids: 'seller' | 'seller-vat' | 'seller-and-buyer' | 'seller-vat-and-buyer-vat' | 'none';
}

export const vatCategoryRuleOf: ReadonlyMap<string, VatCategoryRule> = new Map([
  ['S', { prefix: 'S', rate: 'positive', byRate: true, reason: 'forbidden', ids: 'seller' }],
  ['Z', { prefix: 'Z', rate: 'zero', byRate: false, reason: 'forbidden', ids: 'seller' }],
  ['E', { prefix: 'E', rate: 'zero', byRate: false, reason: 'required', ids: 'seller' }],
  ['AE', { prefix: 'AE', rate: 'zero', byRate: false, reason: 'required', ids: 'seller-and-buyer' }],
  ['K', { prefix: 'IC', rate: 'zero', byRate: false, reason: 'required', ids: 'seller-vat-and-buyer-vat' }],
  ['G', { prefix: 'G', rate: 'zero', byRate: false, reason: 'required', ids: 'seller-vat' }],
  ['O', { prefix: 'O', rate: 'absent', byRate: false, reason: 'required', ids: 'none' }],
  ['L', { prefix: 'AF', rate: 'any', byRate: true, reason: 'forbidden', ids: 'seller' }],
  ['M', { prefix: 'AG', rate: 'any', byRate: true, reason: 'forbidden', ids: 'seller' }],
]);
