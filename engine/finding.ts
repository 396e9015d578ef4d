import { agencyCodes } from './findings/agency-codes.ts';
import { bankCodes } from './findings/bank-codes.ts';
import { bankPostingCodes } from './findings/bank-posting-codes.ts';
import { controlCodes } from './findings/control-codes.ts';
import { printCodes } from './findings/print-codes.ts';
import { paymentCodes } from './findings/payment-codes.ts';
import { houseCodes } from './findings/house-codes.ts';
import { intakeCodes } from './findings/intake-codes.ts';
import { textCodes } from './findings/text-codes.ts';
import { csvCodes } from './findings/csv-codes.ts';
import { fixedCodes } from './findings/fixed-codes.ts';
import { xmlCodes } from './findings/xml-codes.ts';
import { invoiceCodes } from './findings/invoice-codes.ts';
import type { Language } from './language.ts';

/** Where in a received file a problem is; line and column count from 1. */
export interface Place {
  readonly line?: number;
  readonly column?: number;
  /** The name the sender knows the field by: a CSV heading or an XML path. */
  readonly field?: string;
}

export type Severity = 'error' | 'warning';

/** What a finding code means, declared once, with texts in every language; `{value}`, `{field}` and the finding's facts fill in. */
export interface FindingCode {
  readonly severity: Severity;
  /** The outside rule behind it (`BR-CO-10`, `SE-R-006`, `ML 17:24`), or the contract's or house's own name for it. */
  readonly rule: string;
  readonly message: Readonly<Record<Language, string>>;
  /** What the sender should do about it. */
  readonly hint: Readonly<Record<Language, string>>;
}

/** Every finding code of the house. A code is never reused for another meaning. */
export const findingCodes = {
  ...houseCodes,
  ...intakeCodes,
  ...textCodes,
  ...csvCodes,
  ...fixedCodes,
  ...xmlCodes,
  ...invoiceCodes,
  ...printCodes,
  ...bankCodes,
  ...bankPostingCodes,
  ...paymentCodes,
  ...controlCodes,
  ...agencyCodes,
};
export type FindingCodeName = keyof typeof findingCodes;

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

export interface FindingDetails extends Place {
  readonly document?: string | undefined;
  readonly value?: string | undefined;
  readonly facts?: Readonly<Record<string, string>>;
  /** Overrides the code's rule where one code serves a family of outside rules. */
  readonly rule?: string;
}

/** Makes a finding of a declared code. */
export function finding(code: FindingCodeName, details: FindingDetails = {}): Finding {
  const { severity, rule } = findingCodes[code] satisfies FindingCode;
  const { value, document, ...rest } = details;
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
export function describeFinding(item: Finding, language: Language): { readonly message: string; readonly hint: string } {
  const declared: FindingCode = findingCodes[item.code];
  const facts: Record<string, string> = {
    value: item.value ?? '',
    field: item.field ?? '',
    line: String(item.line ?? ''),
    column: String(item.column ?? ''),
    ...item.facts,
  };
  const fill = (template: string): string => template.replaceAll(/\{(\w+)\}/g, (whole, name: string) => facts[name] ?? whole);
  return { message: fill(declared.message[language]), hint: fill(declared.hint[language]) };
}

export const isError = (item: Finding): boolean => item.severity === 'error';
