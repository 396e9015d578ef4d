import type { Minor } from './money.ts';

/**
 * What a debtor's claim consists of (reference/collection-rules.md §1.2), in the order in which letters and statements tell it. This list
 * is the only one: a component more is a word here, a row of `ledgerAccounts` by itself, a column of `demand_step`, and its texts.
 */
export const components = ['principal', 'interest', 'reminderFee', 'collectionFee', 'compensation'] as const;
export type Component = (typeof components)[number];

/** What a claim consists of beside its principal. */
export type ExtraComponent = Exclude<Component, 'principal'>;
export const extraComponents = components.filter((component): component is ExtraComponent => component !== 'principal');

/** What is claimed, open or paid, by component. */
export type Amounts = Readonly<Record<Component, Minor>>;

/** A vector of what is said for each component. */
export const amountsOf = (amountOf: (component: Component) => Minor): Amounts =>
  Object.fromEntries(components.map((component) => [component, amountOf(component)])) as Record<Component, Minor>;

export const noAmounts: Amounts = amountsOf(() => 0n);

export const sameAmounts = (one: Amounts, other: Amounts): boolean =>
  components.every((component) => one[component] === other[component]);
