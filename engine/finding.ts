import { bankCodes } from './findings/bank.ts';
import { csvCodes } from './findings/csv.ts';
import {
  fillIn,
  type CodeTelling,
  type FactOf,
  type Severity,
  type Text,
  type Texts,
  type WithFacts,
} from './findings/declaration.ts';
import { fileCodes } from './findings/files.ts';
import { invoiceCodes } from './findings/invoices.ts';
import { orderCodes } from './findings/orders.ts';
import { en } from './findings/texts/en.ts';
import { sv } from './findings/texts/sv.ts';
import type { Language } from './language.ts';

/** Every finding code of the house. A code is never reused for another meaning. */
export const findingCodes = { ...fileCodes, ...csvCodes, ...invoiceCodes, ...bankCodes, ...orderCodes };
export type FindingCodeName = keyof typeof findingCodes;
/** The codes that need no other facts than these. */
export type FindingCodeTelling<Fact extends string> = CodeTelling<typeof findingCodes, Fact>;

export const findingTexts: Readonly<Record<Language, Texts<typeof findingCodes>>> = { sv, en };

/** Where in a received file a problem is; line and column count from 1. */
export interface Place {
  readonly line?: number;
  readonly column?: number;
  /** The name the sender knows the field by: a CSV heading or an XML path. */
  readonly field?: string;
}

/** One problem in data. Findings are collected and reported, never thrown. */
export interface Finding extends Place {
  readonly code: FindingCodeName;
  readonly severity: Severity;
  readonly rule: string;
  /** Document number, where the finding belongs to one document. */
  readonly document?: string;
  /** The offending value as it stood in the file, cut to MAX_FINDING_VALUE characters. */
  readonly value?: string;
  readonly facts?: Readonly<Record<string, string>>;
}

export const MAX_FINDING_VALUE = 80;

interface AnyDetails extends Place {
  readonly document?: string | undefined;
  readonly value?: string | undefined;
  readonly facts?: Readonly<Record<string, string>>;
  /** Overrides the code's rule where one code serves a family of outside rules. */
  readonly rule?: string;
}

/** Where a finding is, and the facts that its code's texts need: a fact that is missing or unknown is a type error. */
export type FindingDetails<Code extends FindingCodeName> = Omit<AnyDetails, 'facts'> &
  WithFacts<FactOf<(typeof findingCodes)[Code]>>;

/** The details, which may be left out where the code needs no facts. */
export type DetailsOf<Code extends FindingCodeName> = [FactOf<(typeof findingCodes)[Code]>] extends [never]
  ? readonly [details?: FindingDetails<Code>]
  : readonly [details: FindingDetails<Code>];

/** Makes a finding of a declared code. */
export function finding<Code extends FindingCodeName>(code: Code, ...[details]: DetailsOf<Code>): Finding {
  const { severity, rule } = findingCodes[code];
  const { value, document, ...rest }: AnyDetails = details ?? {};
  return {
    code,
    severity,
    rule,
    ...rest,
    ...(value === undefined ? {} : { value: value.slice(0, MAX_FINDING_VALUE) }),
    ...(document === undefined ? {} : { document }),
  };
}

/** The finding's message and hint in a language, with its facts filled in. */
export const describeFinding = (item: Finding, language: Language): Text =>
  fillIn(findingTexts[language][item.code], {
    value: item.value ?? '',
    field: item.field ?? '',
    line: String(item.line ?? ''),
    column: String(item.column ?? ''),
    ...item.facts,
  });

export const isError = (item: Finding): boolean => item.severity === 'error';
