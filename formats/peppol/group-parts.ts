import {
  addNode,
  childrenOf,
  elementAt,
  nodeAt,
  reportAt,
  type Part,
  type PartsOf,
  type Reading,
  type RequiredPart,
  type Writing,
} from './part.ts';
import { valueOf } from './value-parts.ts';
import { CAC } from './names.ts';
import type { XmlElement } from '../xml/read-xml.ts';

/** Elements that are written beside an object's terms and hold no term themselves. */
export interface Constant {
  readonly path: string;
  readonly value: string;
  /** What is broken by another value; absent where another value is allowed but not kept. */
  readonly rule?: string;
}

/** An object by a table of its terms, in the container that is being read or written. */
export const record = <T extends object>(parts: PartsOf<T>, constants: readonly Constant[] = []): Part<T> => ({
  read: (from) => {
    const value: Record<string, unknown> = {};
    let complete = true;
    for (const [key, part] of entriesOf(parts)) {
      const term = part.read({ ...from, path: from.path === '' ? key : `${from.path}.${key}` });
      if (term !== undefined) value[key] = term;
      else if ('required' in part) complete = false;
    }
    for (const constant of constants) readConstant(from, constant);
    return complete && Object.keys(value).length > 0 ? (value as T) : undefined;
  },
  write: (value, into) => {
    for (const [key, part] of entriesOf(parts)) {
      const term = value[key as keyof T];
      if (term !== undefined) part.write(term, into);
    }
    for (const constant of constants) nodeAt(into, constant.path).text = constant.value;
  },
});

const entriesOf = (parts: object): readonly [string, Part<unknown>][] => Object.entries(parts) as [string, Part<unknown>][];

function readConstant(from: Reading, constant: Constant): void {
  const element = elementAt({ ...from, path: `${from.path}#${constant.path}` }, constant.path);
  if (element === undefined) return;
  const value = valueOf(from, element, ['schemeID', 'schemeAgencyID', 'listID']);
  if (value === undefined || value.toUpperCase() === constant.value) return;
  if (constant.rule === undefined) reportAt(from, element, 'XML-NOT-READ', { value });
  else reportAt(from, element, 'XML-NOT-ALLOWED', { value, rule: constant.rule, facts: { allowed: constant.value } });
}

/** An object in a container of its own. */
export const group = <T>(path: string, part: Part<T>): Part<T> => ({
  read: (from) => {
    const element = elementAt(from, path, CAC);
    return element === undefined ? undefined : readInside(from, element, part);
  },
  write: (value, into) => part.write(value, { ...into, node: nodeAt(into, path, 'cac') }),
});

/** Reads a part in another element; one that is empty is reported. */
export function readInside<T>(from: Reading, element: XmlElement, part: Part<T>): T | undefined {
  from.file.used.add(element);
  if (element.children.length === 0) reportAt(from, element, 'XML-EMPTY');
  if (element.text.trim() !== '') reportAt(from, element, 'XML-NOT-READ', { value: element.text.trim() });
  return part.read({ ...from, element });
}

/** Objects in containers of a name, as many as there are, of those that `belongs` accepts. */
export const list = <T>(
  name: string,
  part: Part<T>,
  belongs: (element: XmlElement) => boolean = () => true,
): RequiredPart<readonly T[]> => ({
  required: true,
  read: (from) => {
    const elements = childrenOf(from.element, name, CAC).filter(belongs);
    return elements.flatMap((element, index) => {
      const path = `${from.path}[${index}]`;
      from.file.places?.set(path, element);
      return readInside({ ...from, path }, element, part) ?? [];
    });
  },
  write: (values, into) => {
    for (const value of values) part.write(value, addNode(into, name));
  },
});

/** A part that is written into another element of the same name each time, such as one of a party's tax schemes. */
export const inNew = <T>(name: string, part: Part<T>, belongs: (element: XmlElement) => boolean): Part<T> => ({
  read: (from) => {
    const [element, second] = childrenOf(from.element, name, CAC).filter(belongs);
    if (second !== undefined) reportAt(from, second, 'XML-REPEATED', { rule: 'UBL-SR' });
    if (element === undefined) return undefined;
    from.file.places?.set(from.path, element);
    return readInside(from, element, part);
  },
  write: (value: T, into: Writing) => part.write(value, addNode(into, name)),
});
