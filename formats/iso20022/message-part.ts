/** An element of an ISO 20022 message, light enough for files of gigabytes: the only attribute that these messages use is the currency. */
export interface MessagePart {
  /** Local name. */
  readonly name: string;
  /** As it stands, blanks around it included. */
  readonly text: string;
  /** The `Ccy` attribute; empty without one. */
  readonly currency: string;
  readonly children: readonly MessagePart[];
  /** Of the opening `<`, from 1. */
  readonly line: number;
  readonly column: number;
}

/** The first child of that name. */
export function childOf(part: MessagePart | undefined, name: string): MessagePart | undefined {
  if (part === undefined) return undefined;
  for (const child of part.children) if (child.name === name) return child;
  return undefined;
}

/** All children of that name, in order. */
export function childrenOf(part: MessagePart | undefined, name: string): readonly MessagePart[] {
  if (childOf(part, name) === undefined) return NONE;
  return part!.children.filter((child) => child.name === name);
}

const NONE: readonly MessagePart[] = [];

/** The first element down a path such as `Dbtr/Pty/Nm`, where each step is the first child of its name. */
export function partAt(part: MessagePart | undefined, path: readonly string[]): MessagePart | undefined {
  let at = part;
  for (const name of path) at = childOf(at, name);
  return at;
}

/** The text at a path, trimmed: banks fill fields with blanks (§11). Undefined where nothing but blanks stands there. */
export function textAt(part: MessagePart | undefined, ...path: readonly string[]): string | undefined {
  const text = partAt(part, path)?.text.trim();
  return text === '' ? undefined : text;
}
