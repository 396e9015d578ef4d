import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parts } from '#jobs/house/parts.ts';
import { clientSchema } from '#config/schema/client-schema.ts';
import { nearestWord, readSchema } from '#config/read-config-file.ts';
import { parseYaml } from '#config/yaml-source.ts';
import { houseFolder } from './fault-gallery.ts';

const sound = readFileSync(join(houseFolder, 'clients', 'lillan.yaml'), 'utf8');

/** A value or a problem, never neither and never both; every problem with place, message and hint. */
function expectVerdict(text: string): void {
  const { source, problems } = parseYaml('x.yaml', text);
  const read = source ? readSchema(clientSchema(parts), source) : { problems };
  expect('value' in read && read.value !== undefined).toBe(read.problems.length === 0);
  for (const { line, column, message, hint } of read.problems) {
    expect(line).toBeGreaterThan(0);
    expect(column).toBeGreaterThan(0);
    expect(message.length).toBeGreaterThan(5);
    expect(hint.length).toBeGreaterThan(5);
  }
}

describe('any text instead of a client file', () => {
  it('gives problems, never an exception', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), expectVerdict), { numRuns: 500 });
  });

  it.each([
    '',
    '---',
    'null',
    '[]',
    '- a',
    '{}',
    'a: *b',
    '? [a]\n: b',
    '__proto__: 1',
    '--- 1\n--- 2',
    '<<: {name: x}',
    'name: !!js x',
    '\ufeffname: x',
  ])('also %j', expectVerdict);

  it('also a sound file with a piece cut out, doubled or replaced', () => {
    const edit = fc.record({
      at: fc.nat(sound.length - 1),
      length: fc.nat(40),
      by: fc.oneof(fc.constant(''), fc.string({ maxLength: 10 })),
    });
    const property = fc.property(edit, ({ at, length, by }) => {
      expectVerdict(sound.slice(0, at) + by + sound.slice(at + length));
    });
    expect(() => fc.assert(property, { numRuns: 300 })).not.toThrow();
  });
});

it('points at an alias without anchor', () => {
  const [problem] = parseYaml('x.yaml', 'a: &a 1\nb: *a\nc:\n  - *c\n').problems;
  expect([problem!.line, problem!.column]).toEqual([4, 5]);
});

it('refuses aliases that stand for too much', () => {
  const doubling = Array.from(
    { length: 12 },
    (_, level) => `l${level + 1}: &l${level + 1} [${Array(10).fill(`*l${level}`).join(', ')}]`,
  );
  const [problem] = parseYaml('x.yaml', ['l0: &l0 x', ...doubling].join('\n')).problems;
  expect(problem!.message).toContain('Excessive alias count');
});

describe('values keep the form they were written in', () => {
  const read = (yaml: string) => (parseYaml('x.yaml', yaml).source!.value as { v: unknown }).v;

  it.each([
    ['v: 007', '007'],
    ['v: NO', 'NO'],
    ['v: 12.50', '12.50'],
    ['v: 0x1F', '0x1F'],
    ['v: 2026-01-01', '2026-01-01'],
    ['v: 11:30', '11:30'],
    ['v: ~', '~'],
    ['v:', ''],
    ['v: 1e3', '1e3'],
  ])('%s', (yaml, value) => {
    expect(read(yaml)).toBe(value);
  });
});

describe('nearestWord', () => {
  it.each([
    ['paymentDay', 'paymentDays'],
    ['paymnetDays', 'paymentDays'],
    ['PAYMENTDAYS', 'paymentDays'],
    ['minimumdays', 'minimumDays'],
    ['days', undefined],
    ['', undefined],
  ])('of %j is %j', (word, near) => {
    expect(nearestWord(word, ['paymentDays', 'minimumDays'])).toBe(near);
  });
});
