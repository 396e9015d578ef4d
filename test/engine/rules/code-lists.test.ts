import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { shared } from '../../formats/shared-folder.ts';
import {
  allowanceReasons,
  attachmentTypes,
  chargeReasons,
  countryCodes,
  creditNoteTypes,
  currencyCodes,
  endpointSchemes,
  identifierSchemes,
  invoiceTypes,
  itemClassifications,
  noteSubjects,
  objectSchemes,
  paymentMeansCodes,
  taxPointCodes,
  unitCodes,
  vatCategories,
  vatExemptionCodes,
} from '#engine/code-lists.ts';

const lists = shared('schemas/codelists/');
const peppolRules = shared('referee/rules/PEPPOL-EN16931-UBL-3.0.21.sch');
const cenRules = shared('referee/rules/CEN-EN16931-UBL-1.3.16.sch');

test.skipIf(lists === undefined).each([
  ['ISO3166-1_Alpha2', countryCodes],
  ['MimeCode', attachmentTypes],
  ['UNCL1001-inv', invoiceTypes],
  ['UNCL1001-cn', creditNoteTypes],
  ['UNCL1153', objectSchemes],
  ['UNCL2005', taxPointCodes],
  ['UNCL4461', paymentMeansCodes],
  ['UNCL5189', allowanceReasons],
  ['UNCL5305', vatCategories],
  ['UNCL7143', itemClassifications],
  ['UNCL7161', chargeReasons],
  ['UNECERec20-11e', unitCodes],
  ['VATEX', vatExemptionCodes],
  ['icd', identifierSchemes],
] as const)('%s has the published codes', (file, ours) => {
  const published = readFileSync(new URL(`${file}.xml`, lists), 'utf8').matchAll(/<Id>([^<]*)<\/Id>/g);
  expect(new Set(ours)).toEqual(new Set([...published].map((match) => match[1])));
});

test.skipIf(peppolRules === undefined)('endpoint schemes are those of the rule, not of the wider list', () => {
  const rule = /<let name="eaid"\s+value="tokenize\('([^']*)'/.exec(readFileSync(peppolRules!, 'utf8'))?.[1];
  expect([...endpointSchemes]).toEqual(rule?.split(' '));
});

test.skipIf(cenRules === undefined).each([
  ['BR-CL-04', currencyCodes],
  ['BR-CL-08', noteSubjects],
] as const)('%s has the codes of the rule', (rule, ours) => {
  const line = readFileSync(cenRules!, 'utf8')
    .split('\n')
    .find((text) => text.includes(`id="${rule}"`));
  expect([...ours]).toEqual(/contains\(\s*' ([A-Z0-9 ]+?) '/.exec(line ?? '')?.[1]?.split(' '));
});
