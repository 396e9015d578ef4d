import { generalRuleIds, type RuleId } from '#engine/claims/policy.ts';
import type { Country } from '#engine/sockets/country.ts';
import { countryOf, type Parts } from '#engine/sockets/parts.ts';
import type { ClientFile } from '../client-file.ts';
import type { ConfigProblem } from '../config-problem.ts';
import type { Bureau } from '../house-config.ts';
import { type ConfigFile, wrongWord } from '../read-config-file.ts';
import { problemAt, type YamlPath, type YamlSource } from '../yaml-source.ts';

interface NamedCountry {
  readonly path: YamlPath;
  readonly code: string;
}

/** A country that a file names must be plugged in: its law, calendar and numbers are known nowhere else. */
export function checkCountry(source: YamlSource, { path, code }: NamedCountry, { countries }: Parts): readonly ConfigProblem[] {
  if (Object.hasOwn(countries, code)) return [];
  const known = Object.keys(countries).join(', ');
  const message = `The house knows no country ${code}: neither its law nor its bank days.`;
  return [problemAt(source, { path, message, hint: `Write one that is plugged in: ${known}.` })];
}

/** The countries of a client's agreements and of the policies written out in them, and the rules of theirs that these acknowledge. */
export const checkCountries = ({ source, value }: ClientFile, parts: Parts): readonly ConfigProblem[] =>
  value.agreements.flatMap(({ country, policies = {} }, index) => {
    const unknown = checkCountry(source, { path: ['agreements', index, 'country'], code: country }, parts);
    return [
      ...unknown,
      ...Object.entries(policies).flatMap(([debtorClass, { country: code = country, acknowledged = [] }]) => {
        const path = ['agreements', index, 'policies', debtorClass];
        const own = code === country ? [] : checkCountry(source, { path: [...path, 'country'], code }, parts);
        if (own.length + unknown.length > 0) return own;
        return checkAcknowledged(source, { path, acknowledged }, countryOf(parts, code));
      }),
    ];
  });

interface Acknowledged {
  /** Of the policy. */
  readonly path: YamlPath;
  readonly acknowledged: readonly { readonly rule: RuleId }[];
}

/** What is acknowledged must be a rule of the country's. */
export function checkAcknowledged(
  source: YamlSource,
  { path, acknowledged }: Acknowledged,
  { ruleIds }: Pick<Country, 'ruleIds'>,
): readonly ConfigProblem[] {
  const known = [...generalRuleIds, ...ruleIds];
  return acknowledged.flatMap(({ rule }, index) =>
    known.includes(rule)
      ? []
      : [problemAt(source, { path: [...path, 'acknowledged', index, 'rule'], ...wrongWord(rule, known) })],
  );
}

/**
 * The bureau's own country, whose calendar counts for what belongs to no client, and those it has a licence to collect in or not: it is
 * said of each in which it is or a client is.
 */
export function checkBureau(
  { source, value: { address, licences, ...numbers } }: ConfigFile<Bureau>,
  { clients, parts }: { readonly clients: readonly ClientFile[]; readonly parts: Parts },
): readonly ConfigProblem[] {
  const countries = clients.flatMap(({ value }) => value.agreements.map(({ country }) => country));
  const unsaid = [...new Set([address.country, ...countries])].filter((code) => !Object.hasOwn(licences, code));
  return [
    ...checkCountry(source, { path: ['address', 'country'], code: address.country }, parts),
    ...checkNumbers(source, numbers, parts.countries[address.country]),
    ...Object.keys(licences).flatMap((code) => checkCountry(source, { path: ['licences', code], code }, parts)),
    ...unsaid.map((code) =>
      problemAt(source, {
        path: ['licences', code],
        message: `The required key "${code}" is missing.`,
        hint: 'Add it; config/README.md shows every key.',
      }),
    ),
  ];
}

function checkNumbers(
  source: YamlSource,
  { organisationNumber, vatNumber }: Pick<Bureau, 'organisationNumber' | 'vatNumber'>,
  country: Country | undefined,
): readonly ConfigProblem[] {
  if (country === undefined) return [];
  const { readLegalId, legalIdRefusal, readVatId, vatIdRefusal } = country.identity;
  return [
    ...(readLegalId(organisationNumber) === null
      ? [problemAt(source, { path: ['organisationNumber'], ...legalIdRefusal(organisationNumber) })]
      : []),
    ...(readVatId(vatNumber) === null ? [problemAt(source, { path: ['vatNumber'], ...vatIdRefusal(vatNumber) })] : []),
  ];
}

/** The bureau with its number in the form that its country keeps it in. */
export const bureauOf = (bureau: Bureau, parts: Parts): Bureau => ({
  ...bureau,
  organisationNumber:
    parts.countries[bureau.address.country]?.identity.readLegalId(bureau.organisationNumber) ?? bureau.organisationNumber,
});
