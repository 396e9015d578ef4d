import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';

const FOLDER = new URL('../../engine/store/migrations/', import.meta.url);

test('each migration has a number of its own', () => {
  const numbers = readdirSync(FOLDER).map((name) => name.slice(0, 4));
  expect(numbers.filter((number, position) => numbers.indexOf(number) !== position)).toEqual([]);
});
