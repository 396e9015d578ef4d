import { sum, type Minor } from './money.ts';

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

export const addAmounts = (one: Amounts, other: Amounts): Amounts => amountsOf((component) => one[component] + other[component]);

export const sameAmounts = (one: Amounts, other: Amounts): boolean =>
  components.every((component) => one[component] === other[component]);

/** All components together. */
export const totalOf = (amounts: Amounts): Minor => sum(components.map((component) => amounts[component]));

/** All components but the principal. */
export const extrasOf = (amounts: Amounts): Minor => totalOf(amounts) - amounts.principal;

/** What was charged for letters. */
export const feesOf = ({ reminderFee, collectionFee }: Amounts): Minor => reminderFee + collectionFee;

/** The components of a list in which there is something, in its order. */
export const partsOf = <Part extends Component>(
  amounts: Amounts,
  order: readonly Part[],
): readonly { readonly component: Part; readonly amount: Minor }[] =>
  order.map((component) => ({ component, amount: amounts[component] })).filter(({ amount }) => amount !== 0n);

/** As letters, statements and their stored content spell a vector: `principalAmount`, `interestAmount`, … */
export type ComponentAmounts = { readonly [Part in Component as `${Part}Amount`]: Minor };

export const spelled = (amounts: Amounts): ComponentAmounts =>
  Object.fromEntries(components.map((component) => [`${component}Amount`, amounts[component]])) as {
    [Part in Component as `${Part}Amount`]: Minor;
  };

/** The vector in what is spelled so. */
export const amountsIn = (spelledOut: ComponentAmounts): Amounts => amountsOf((component) => spelledOut[`${component}Amount`]);

export const sumOfComponents = (amounts: ComponentAmounts): Minor => totalOf(amountsIn(amounts));
