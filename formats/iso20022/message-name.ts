/** What a namespace of ISO 20022 says: `urn:iso:std:iso:20022:tech:xsd:camt.054.001.02`. */
export interface MessageName {
  /** Business area and number: `camt.054`. */
  readonly message: string;
  /** Variant and version: `001`, `02`. */
  readonly variant: string;
  readonly version: string;
}

/** Reads a namespace; null for none, a misspelt one, and national variants of the name (reference/iso20022.md §2.1). */
export function readMessageName(namespace: string): MessageName | null {
  const match = /^urn:iso:std:iso:20022:tech:xsd:((?:camt|pain)\.\d{3})\.(\d{3})\.(\d{2})$/.exec(namespace.trim());
  return match === null ? null : { message: match[1]!, variant: match[2]!, version: match[3]! };
}

export const formatMessageName = ({ message, variant, version }: MessageName): string => `${message}.${variant}.${version}`;
