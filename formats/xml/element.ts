/** An element of an XML file as it was read, with its place. */
export interface XmlElement {
  readonly namespace: string;
  /** Local name. */
  readonly name: string;
  /** By local name; namespace declarations and `xsi:` attributes are not among them. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  /** The element's own text, CDATA included, as it stands. */
  readonly text: string;
  /** Of the opening `<`, from 1. */
  readonly line: number;
  readonly column: number;
  readonly parent: XmlElement | undefined;
}

/** The path a sender finds the element by: `/Invoice/InvoiceLine[2]/Price/PriceAmount`; numbered where there are several. */
export function pathOf(element: XmlElement): string {
  const steps: string[] = [];
  for (let item: XmlElement | undefined = element; item !== undefined; item = item.parent) {
    const twins = item.parent?.children.filter((child) => child.name === item?.name) ?? [];
    steps.unshift(twins.length > 1 ? `${item.name}[${twins.indexOf(item) + 1}]` : item.name);
  }
  return `/${steps.join('/')}`;
}
