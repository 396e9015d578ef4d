import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pdfPath } from '#layouts/page/logo.ts';
import { parseSvgLogo, pathTextProblem } from '#config/logos.ts';

const svg = (inside: string, attributes = 'viewBox="0 0 10 20"') =>
  `<svg xmlns="http://www.w3.org/2000/svg" ${attributes}>${inside}</svg>`;
const path = '<path d="M0 0L10 20Z" fill="#1f6f9f"/>';

describe('parseSvgLogo', () => {
  it('reads view box, paths and fills; a path without fill is black', () => {
    expect(parseSvgLogo('a.svg', svg(`<title>A</title>${path}<path d="m1,1h2"/>`, 'viewBox="0,0 10.5 20"')).logo).toEqual({
      kind: 'svg',
      viewBox: [0, 0, 10.5, 20],
      paths: [
        { d: 'M0 0L10 20Z', fill: '#1f6f9f' },
        { d: 'm1,1h2', fill: '#000000' },
      ],
    });
  });

  it.each([
    ['a script', svg(`<script>alert(1)</script>${path}`)],
    ['a style', svg(`<style>path{fill:red}</style>${path}`)],
    ['a picture', svg(`<image href="x.png"/>${path}`)],
    ['a group', svg(`<g>${path}</g>`)],
    ['an event handler', svg(path, 'viewBox="0 0 1 1" onload="x()"')],
    ['a transform', svg('<path d="M0 0L1 1" transform="scale(2)"/>')],
    ['a stroke', svg('<path d="M0 0L1 1" stroke="#000000"/>')],
    ['a colour by name', svg('<path d="M0 0L1 1" fill="red"/>')],
    ['a colour by reference', svg('<path d="M0 0L1 1" fill="url(#g)"/>')],
    ['a path that is none', svg('<path d="hello"/>')],
    ['a path without data', svg('<path fill="#000000"/>')],
    ['no view box', svg(path, '')],
    ['a view box without area', svg(path, 'viewBox="0 0 0 10"')],
    ['a view box of three numbers', svg(path, 'viewBox="0 0 10"')],
    ['no path', svg('')],
    ['a DOCTYPE', `<!DOCTYPE svg [<!ENTITY x "y">]>${svg(path)}`],
    ['an svg inside', svg(svg(path))],
    ['another root', '<html/>'],
    ['an unclosed tag', '<svg viewBox="0 0 1 1">'],
    ['nothing', ''],
    ['text', 'a logo'],
  ])('refuses %s with a place', (_, text) => {
    const { logo, problems } = parseSvgLogo('a.svg', text);
    expect(logo).toBeUndefined();
    expect(problems.length).toBeGreaterThan(0);
    for (const { line, column } of problems) expect(Math.min(line, column)).toBeGreaterThan(0);
  });

  it('does not throw on any text, and gives a logo or a problem', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.string().map((inside) => svg(inside)),
        ),
        (text) => {
          const { logo, problems } = parseSvgLogo('a.svg', text);
          expect(logo === undefined).toBe(problems.length > 0);
        },
      ),
    );
  });
});

describe('pathTextProblem', () => {
  it.each([
    'M0 0',
    'm.5.5-1-1',
    'M0,0 10 10 20,20z',
    'M0 0A5 5 0 01 10 10',
    'M0 0a1 1 0 00.5.5',
    'M1e2-1e-2L0 0',
    'M0 0C1 2 3 4 5 6 7 8 9 10 11 12',
  ])('takes %s', (d) => {
    expect(pathTextProblem(d)).toBeUndefined();
    expect(pdfPath(d)).not.toBe('');
  });

  it.each([
    '',
    'L0 0',
    'M0',
    'M0 0 1',
    'M0 0B1',
    'M0 0Z1',
    'M0 0H',
    'M0 0A5 5 0 2 1 10 10',
    'M0 0 # 1',
    'M0 0L1,x',
    'M0 0R1 1 2 2',
  ])('refuses %j', (d) => {
    expect(pathTextProblem(d)).toBeDefined();
  });

  it('takes nothing that the page writer would refuse', () => {
    const piece = fc.constantFrom(
      'M',
      'm',
      'L',
      'h',
      'V',
      'c',
      'S',
      'Q',
      't',
      'A',
      'z',
      'r',
      '1',
      '-2.5',
      '.5',
      '0',
      ' ',
      ',',
      'e',
      '1e3',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const d = `M0 0${pieces.join('')}`;
        fc.pre(pathTextProblem(d) === undefined);
        expect(() => pdfPath(d)).not.toThrow();
      }),
      { numRuns: 20_000 },
    );
  });
});
