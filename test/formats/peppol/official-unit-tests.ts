import { readdirSync, readFileSync } from 'node:fs';
import { shared } from '../shared-folder.ts';
import { xmlReader, type XmlElement } from '#formats/xml/read-xml.ts';

/** One case of CEN's official unit tests: a fragment of an invoice, and whether a rule holds in it. */
export interface OfficialCase {
  readonly file: string;
  readonly index: number;
  readonly rule: string;
  readonly expected: 'success' | 'error' | 'warning';
  readonly document: XmlElement;
}

export const unitTestFolder = shared('samples/einvoice/en16931-unit-invoice/');

/** All cases of all files, one for each rule that a test names. */
export function officialCases(): readonly OfficialCase[] {
  if (unitTestFolder === undefined) return [];
  return readdirSync(unitTestFolder)
    .toSorted()
    .flatMap((file) => casesOf(file, readFileSync(new URL(file, unitTestFolder), 'utf8')));
}

function casesOf(file: string, xml: string): readonly OfficialCase[] {
  const reader = xmlReader({ encoding: 'utf-8', take: (path) => path === '/testSet' });
  const taken = [reader.write(xml), reader.close()].flatMap((result) => {
    if ('code' in result) throw new Error(`${file}: ${JSON.stringify(result)}`);
    return result;
  });
  const tests = taken[0]!.children.filter((child) => child.name === 'test');
  return tests.flatMap((test, index) => {
    const document = test.children.find((child) => child.name === 'Invoice' || child.name === 'CreditNote');
    const asserts = test.children.filter((child) => child.name === 'assert').flatMap((child) => child.children);
    if (document === undefined) return [];
    return asserts
      .filter((child) => ['success', 'error', 'warning'].includes(child.name))
      .map((child) => ({ file, index, rule: child.text.trim(), expected: child.name as OfficialCase['expected'], document }));
  });
}
