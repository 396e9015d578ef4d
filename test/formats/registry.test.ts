import { expect, test } from 'vitest';
import { formats } from '#formats/registry.ts';

test('every format can be told apart and does something', () => {
  expect(new Set(formats.map((format) => format.id)).size).toBe(formats.length);
  for (const format of formats) {
    expect(format).toSatisfy(() => format.reads || format.writes);
    expect(format.encodings.length > 0).toBe(format.reads);
    expect(format.extension).toMatch(/^\.[a-z]+$/);
  }
});
