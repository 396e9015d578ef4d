import { CAC, CBC } from './names.ts';
import { pathOf, type XmlElement } from '../xml/read-xml.ts';
import { xmlNode, type XmlNode } from '../xml/write-xml.ts';
import { finding, type DetailsOf, type Finding, type FindingCodeName } from '#engine/finding.ts';

/**
 * One canonical term and its place in UBL, read and written by the same declaration. A document is a table of parts in schema order
 * (`document-parts.ts`): the order of the keys is the order of the elements.
 */
export interface Part<T> {
  /** The term's value, or undefined if it is absent or cannot be read, which is then reported. */
  readonly read: (from: Reading) => T | undefined;
  readonly write: (value: T, into: Writing) => void;
}

/** A part whose value is there whenever the document can be read at all. */
export interface RequiredPart<T> extends Part<T> {
  readonly required: true;
}

/** A part for every key: a term that the table forgets is a type error. */
export type PartsOf<T> = {
  readonly [K in keyof T]-?: undefined extends T[K] ? Part<Exclude<T[K], undefined>> : RequiredPart<T[K]>;
};

export interface Reading {
  /** The container whose children are looked at. */
  readonly element: XmlElement;
  /** Canonical path of the value being read. */
  readonly path: string;
  readonly file: FileReading;
}

/** What is noticed while a document is read. */
export interface FileReading {
  readonly findings: Finding[];
  /** Elements that were understood; the others are reported at the end. */
  readonly used: Set<XmlElement>;
  /** Where each canonical path stood; absent while nobody asks. */
  readonly places?: Map<string, XmlElement>;
  /** BT-5 and BT-6 as the document states them. */
  readonly currency: string | undefined;
  readonly vatCurrency: string | undefined;
}

export interface Writing {
  readonly node: XmlNode;
  readonly currency: string;
  readonly vatCurrency: string | undefined;
}

/** Children of a name that belong to UBL: aggregates in `cac`, everything with a value in `cbc`. */
export const childrenOf = (element: XmlElement, name: string, namespace: string): readonly XmlElement[] =>
  element.children.filter((child) => child.name === name && child.namespace === namespace);

/**
 * The element at a path such as `Party/PartyName/Name`, its containers marked as understood. A term that stands there twice is reported:
 * which of the two holds cannot be known.
 */
export function elementAt(from: Reading, path: string, lastNamespace: string = CBC): XmlElement | undefined {
  const steps = stepsOf(path);
  let element: XmlElement = from.element;
  for (const [index, step] of steps.entries()) {
    const namespace = index === steps.length - 1 ? lastNamespace : CAC;
    const isNext = (child: XmlElement): boolean => child.name === step && child.namespace === namespace;
    const next = element.children.find(isNext);
    if (next === undefined) return undefined;
    const last = element.children.findLast(isNext)!;
    if (last !== next && !from.file.used.has(last)) reportRepeated(from, element.children.filter(isNext), step);
    from.file.used.add(next);
    element = next;
  }
  from.file.places?.set(from.path, element);
  return element;
}

const knownSteps = new Map<string, readonly string[]>();

/** The steps of a path, split once: paths are few and asked for on every line. */
function stepsOf(path: string): readonly string[] {
  let steps = knownSteps.get(path);
  if (steps === undefined) {
    steps = path.split('/');
    knownSteps.set(path, steps);
  }
  return steps;
}

function reportRepeated(from: Reading, twins: readonly XmlElement[], step: string): void {
  reportAt(from, twins[1]!, 'XML-REPEATED', { rule: step === 'Note' ? 'PEPPOL-EN16931-R002' : 'UBL-SR' });
  for (const twin of twins) markAll(from, twin);
}

function markAll(from: Reading, element: XmlElement): void {
  from.file.used.add(element);
  for (const child of element.children) markAll(from, child);
}

/** Reports what is wrong with an element, at its place. */
export function reportAt<Code extends FindingCodeName>(
  { file }: Reading,
  element: XmlElement,
  code: Code,
  ...details: DetailsOf<Code>
): void {
  file.findings.push({ ...finding(code, ...details), line: element.line, column: element.column, field: pathOf(element) });
}

/** Reports a term that is not there, at its container. */
export function reportMissing(from: Reading, path: string, rule: string): void {
  const { line, column } = from.element;
  from.file.findings.push(finding('XML-MISSING', { line, column, field: `${pathOf(from.element)}/${path}`, rule }));
}

/** The node at a path, in the container that was written last: terms of one container stand together in the table. */
export function nodeAt(into: Writing, path: string, lastPrefix: 'cac' | 'cbc' = 'cbc'): XmlNode {
  const steps = path.split('/');
  let node = into.node;
  for (const [index, step] of steps.entries()) {
    const name = `${index === steps.length - 1 ? lastPrefix : 'cac'}:${step}`;
    const known = node.children.findLast((child) => child.name === name);
    const next = known ?? xmlNode(name);
    if (known === undefined) node.children.push(next);
    node = next;
  }
  return node;
}

/** Adds another element of a name, whatever stands there already. */
export function addNode(into: Writing, name: string): Writing {
  const node = xmlNode(`cac:${name}`);
  into.node.children.push(node);
  return { ...into, node };
}
