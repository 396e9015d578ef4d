import type { CsvField, CsvMapping } from '#engine/csv-mapping.ts';
import { languages } from '#engine/language.ts';
import type { WithChannels } from '#engine/sockets/channel.ts';
import { debtorClasses, serviceModes } from '#engine/submission.ts';
import type { ClientFile } from '../client-file.ts';
import type { ConfigProblem } from '../config-problem.ts';
import { nearestWord } from '../read-config-file.ts';
import { problemAt, type YamlPath } from '../yaml-source.ts';

interface Complaint {
  readonly path: YamlPath;
  readonly message: string;
  readonly hint: string;
}

/** A CSV layout must carry, by column or constant, what no document can do without, and must not contradict itself. */
export function checkMappings({ source, value }: ClientFile, parts: WithChannels): readonly ConfigProblem[] {
  return value.agreements.flatMap(
    (
      {
        input: {
          format: { mapping },
        },
      },
      index,
    ) => {
      if (mapping === undefined) return [];
      const complaints = [
        ...missingFields(mapping),
        ...markComplaints(mapping),
        ...fieldComplaints(mapping),
        ...choiceComplaints(mapping, Object.keys(parts.channels)),
        ...exemptionComplaints(mapping),
        ...endingComplaints(mapping),
      ];
      const base = ['agreements', index, 'input', 'format', 'mapping'];
      return complaints.map(({ path, message, hint }) => problemAt(source, { path: [...base, ...path], message, hint }));
    },
  );
}

/** One of each group must be there; `number` must be a column, since it tells where the next document begins. */
const REQUIRED: readonly (readonly CsvField[])[] = [
  ['issueDate'],
  ['buyerName'],
  ['lineName'],
  ['lineQuantity'],
  ['lineUnit'],
  ['linePrice', 'lineNetAmount'],
  ['lineVatRate', 'lineVatCategory'],
];

const isGiven = (mapping: CsvMapping, field: CsvField): boolean => field in mapping.columns || field in mapping.constants;

function* missingFields(mapping: CsvMapping): Generator<Complaint> {
  if (!('number' in mapping.columns)) {
    yield {
      path: ['columns'],
      message: 'No column holds the document number.',
      hint: 'Add number: and the column under columns.',
    };
  }
  for (const group of REQUIRED) {
    if (group.some((field) => isGiven(mapping, field))) continue;
    yield {
      path: ['columns'],
      message: `Neither a column nor a constant gives ${group.join(' or ')}.`,
      hint: `Add ${group[0]}: under columns, or under constants if it is the same in every document.`,
    };
  }
}

function* markComplaints({ decimalMark, thousandsMark, delimiter, quote }: CsvMapping): Generator<Complaint> {
  if (decimalMark === thousandsMark) {
    yield {
      path: ['thousandsMark'],
      message: 'Decimals and thousands have the same mark.',
      hint: 'Write thousandsMark: none if there is none.',
    };
  }
  if (quote === 'none' && (delimiter === decimalMark || delimiter === thousandsMark)) {
    yield {
      path: ['delimiter'],
      message: `The delimiter "${delimiter}" stands inside numbers too, and nothing is quoted.`,
      hint: 'Ask the client for another delimiter or for quoted values.',
    };
  }
}

function* fieldComplaints({ columns, constants, values, ignoredColumns }: CsvMapping): Generator<Complaint> {
  for (const field of Object.keys(constants)) {
    if (field in columns) {
      yield { path: ['constants', field], message: `${field} has both a column and a constant.`, hint: 'Take one of them away.' };
    }
  }
  for (const field of Object.keys(values)) {
    if (!(field in columns)) {
      yield {
        path: ['values', field],
        message: `Values of ${field} are translated, but no column holds it.`,
        hint: `Add ${field}: under columns.`,
      };
    }
  }
  const read = new Set(Object.values(columns).map(String));
  for (const [index, heading] of ignoredColumns.entries()) {
    if (read.has(heading)) {
      yield { path: ['ignoredColumns', index], message: `"${heading}" is both read and ignored.`, hint: 'Take it away here.' };
    }
  }
}

/** Fields whose values are ours: a constant or translation outside them would refuse every document. */
const choices = (channels: readonly string[]): Readonly<Partial<Record<CsvField, readonly string[]>>> => ({
  kind: ['invoice', 'creditNote'],
  mode: serviceModes,
  channel: channels,
  language: languages,
  debtorClass: debtorClasses,
  lineVatCategory: ['S', 'Z', 'E', 'AE', 'K', 'G', 'O'],
});

function* choiceComplaints({ constants, values }: CsvMapping, channels: readonly string[]): Generator<Complaint> {
  for (const [field, allowed = []] of Object.entries(choices(channels)) as [CsvField, readonly string[]][]) {
    const given: readonly (readonly [YamlPath, string])[] = [
      ...(constants[field] === undefined ? [] : [[['constants', field], constants[field]] as const]),
      ...Object.entries(values[field] ?? {}).map(([word, value]) => [['values', field, word], value] as const),
    ];
    for (const [path, value] of given) {
      if (allowed.includes(value)) continue;
      const near = nearestWord(value, allowed);
      yield {
        path,
        message: `"${value}" is no value of ${field}.`,
        hint: `${near === undefined ? '' : `Did you mean "${near}"? `}Known values: ${allowed.join(', ')}.`,
      };
    }
  }
}

/** Which categories the file may give is known only where they are constants or translated. */
function* exemptionComplaints({ constants, values, exemptionReasons = {} }: CsvMapping): Generator<Complaint> {
  const given = new Set([constants.lineVatCategory, ...Object.values(values.lineVatCategory ?? {})]);
  if (given.has('E') && exemptionReasons['E'] === undefined) {
    yield {
      path: ['exemptionReasons'],
      message:
        'Lines may be exempt from VAT (E), but no reason is given that the document can refer to (ML 17:24 p. 13, BR-E-10).',
      hint: 'Add exemptionReasons: with E: and the section of the law.',
    };
  }
}

function* endingComplaints({ ending }: CsvMapping): Generator<Complaint> {
  if (ending.kind !== 'trailer') return;
  const { documentsPosition, payablePosition } = ending;
  if (documentsPosition === payablePosition || documentsPosition === 1 || payablePosition === 1) {
    yield {
      path: ['ending'],
      message: 'Marker, count and sum of the closing row must stand in three different columns, the marker first.',
      hint: 'Correct documentsPosition and payablePosition; the first column is 1.',
    };
  }
}
