/** An error stops what it is found in; a warning is told, and where the law speaks it needs the acknowledgement of a person, which is kept. */
export type Severity = 'error' | 'warning';

/**
 * What a code of the catalogue means, declared once: findings in data, rules of law and problems of a configuration alike. Its texts are
 * in `texts/<language>`; `facts` are what they need filled in beside the built-in `{value}`, `{field}`, `{line}` and `{column}`.
 */
export interface Declaration<Fact extends string = string> {
  readonly severity: Severity;
  /** The outside rule behind it (`BR-CO-10`, `SE-R-006`, `ML 17:24`), or the contract's or house's own name for it. */
  readonly rule: string;
  readonly facts: readonly Fact[];
}

export const error = <const Fact extends string = never>(rule: string, ...facts: readonly Fact[]): Declaration<Fact> => ({
  severity: 'error',
  rule,
  facts,
});

export const warning = <const Fact extends string = never>(rule: string, ...facts: readonly Fact[]): Declaration<Fact> => ({
  severity: 'warning',
  rule,
  facts,
});

/** Names of the facts that a code's texts need, of several codes those of any of them. */
export type FactOf<Declared> = Declared extends Declaration<infer Fact> ? Fact : never;

/** The codes of a catalogue that need no other facts than these: one who has them at hand may raise any of them. */
export type CodeTelling<Codes, Given extends string> = {
  [Code in keyof Codes]: FactOf<Codes[Code]> extends Given ? Code : never;
}[keyof Codes];

/** Facts by name; none where the codes need none. */
export type WithFacts<Fact extends string> = [Fact] extends [never]
  ? { readonly facts?: never }
  : { readonly facts: Readonly<Record<Fact, string>> };

/** What is wrong and what to do about it, in one language, with its facts in braces: `{value}`. */
export interface Text {
  readonly message: string;
  readonly hint: string;
}

/** A text for every code: one that a language lacks is a type error. */
export type Texts<Codes> = { readonly [Code in keyof Codes]: Text };

type BuiltIn = 'value' | 'field' | 'line' | 'column';
type Placeholder<Template extends string> = Template extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Placeholder<Rest>
  : never;

/** The text itself where it tells exactly the declared facts; otherwise a sentence that the compiler shows. */
type Telling<Fact extends string, Told extends Text> =
  Exclude<Placeholder<Told['message'] | Told['hint']>, Fact | BuiltIn> extends infer Strange extends string
    ? [Strange] extends [never]
      ? Exclude<Fact, Placeholder<Told['message'] | Told['hint']>> extends infer Untold extends string
        ? [Untold] extends [never]
          ? Text
          : `The text tells nothing of {${Untold}}`
        : never
      : `{${Strange}} is no declared fact`
    : never;

/** The texts of a table of codes in one language. A placeholder that is not declared, and a fact that is not told, are type errors. */
export const textsOf = <Codes extends Readonly<Record<string, Declaration>>, const Given extends Texts<Codes>>(
  _codes: Codes,
  texts: Given & {
    readonly [Code in keyof Given]: Code extends keyof Codes ? Telling<FactOf<Codes[Code]>, Given[Code]> : 'No such code';
  },
): Texts<Codes> => texts;

/** A text with its facts filled in. */
export function fillIn({ message, hint }: Text, facts: Readonly<Record<string, string>>): Text {
  const fill = (template: string): string => template.replaceAll(/\{(\w+)\}/g, (whole, name: string) => facts[name] ?? whole);
  return { message: fill(message), hint: fill(hint) };
}
