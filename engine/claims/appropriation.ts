import type { Component } from '../amounts.ts';
import { sum, type Minor } from '../money.ts';

/** What is open of one claim; a component may be absent or zero, never negative. */
export interface OpenClaim {
  readonly claim: string;
  readonly parts: readonly { readonly component: Component; readonly amount: Minor }[];
}

export interface Appropriation {
  /** What the payment covers, in the order in which it does; each more than zero. */
  readonly shares: readonly Share[];
  /** What is left when every claim is covered: a credit of the payer. */
  readonly restAmount: Minor;
}

export interface Share {
  readonly claim: string;
  readonly component: Component;
  readonly amount: Minor;
}

/**
 * Divides a payment (avräkningsordning): claim by claim in the order given, inside a claim by component. The caller puts first the claim
 * that the payer named, then the oldest (reference/collection-rules.md §8.1). Throws a RangeError on a negative amount and on a component
 * that the order leaves out, since it would never be paid.
 */
export function appropriate(amount: Minor, claims: readonly OpenClaim[], order: readonly Component[]): Appropriation {
  if (amount < 0n) throw new RangeError(`a payment of ${amount} cannot be appropriated`);
  let restAmount = amount;
  const shares: Share[] = [];
  for (const { claim, parts } of claims) {
    for (const { component, amount: open } of inOrder(parts, order)) {
      const share = open < restAmount ? open : restAmount;
      if (share === 0n) continue;
      shares.push({ claim, component, amount: share });
      restAmount -= share;
    }
  }
  return { shares, restAmount };
}

function inOrder(parts: OpenClaim['parts'], order: readonly Component[]): OpenClaim['parts'] {
  const wrong = parts.find(({ component, amount }) => amount < 0n || !order.includes(component));
  if (wrong) throw new RangeError(`${wrong.amount} of ${wrong.component} has no place in the order ${order.join(', ')}`);
  return order.map((component) => ({
    component,
    amount: sum(parts.filter((part) => part.component === component).map((part) => part.amount)),
  }));
}
