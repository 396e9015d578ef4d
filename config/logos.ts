import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { SaxesParser, type SaxesTagPlain } from 'saxes';
import svgPath from 'svgpath';
import type { Logo } from '#engine/letter.ts';
import type { ClientFile } from './client-file.ts';
import type { ConfigProblem } from './config-problem.ts';
import { problemAt } from './yaml-source.ts';

/** The logos that the clients' agreements name, by file name; a logo that cannot be used is a problem of the agreement and of the file. */
export async function loadLogos(
  clients: readonly ClientFile[],
): Promise<{ readonly logos: ReadonlyMap<string, Logo>; readonly problems: readonly ConfigProblem[] }> {
  const logos = new Map<string, Logo>();
  const problems: ConfigProblem[] = [];
  for (const { source, value } of clients) {
    for (const [index, { letter }] of value.agreements.entries()) {
      if (letter.logo === undefined || logos.has(letter.logo)) continue;
      const loaded = await loadLogo(join(dirname(source.file), letter.logo));
      if (loaded.logo) logos.set(letter.logo, loaded.logo);
      if (loaded.problems.length === 0) continue;
      const path = ['agreements', index, 'letter', 'logo'];
      problems.push(...loaded.problems);
      problems.push(
        problemAt(source, {
          path,
          message: `The logo ${letter.logo} cannot be used.`,
          hint: 'See what is said about that file.',
        }),
      );
    }
  }
  return { logos, problems };
}

/** A logo is a few paths, repeated on every letter of a spool; a photograph would make each job heavy. */
const MAX_LOGO_BYTES = 256 * 1024;
const PNG_SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);

/** Reads a logo file: SVG of plain paths, or PNG. A file that is missing, too large or anything else is a problem. */
async function loadLogo(path: string): Promise<{ readonly logo?: Logo; readonly problems: readonly ConfigProblem[] }> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(path);
  } catch (error) {
    const cause = (error as NodeJS.ErrnoException).code ?? 'unknown cause';
    return refused(path, `The logo cannot be read (${cause}).`, 'Put the file there, or correct the name in the client file.');
  }
  if (bytes.length > MAX_LOGO_BYTES) {
    return refused(
      path,
      `The logo has ${bytes.length} bytes, more than ${MAX_LOGO_BYTES}.`,
      'Simplify its paths, or scale the picture down.',
    );
  }
  if (path.endsWith('.svg')) return parseSvgLogo(path, new TextDecoder().decode(bytes));
  if (PNG_SIGNATURE.some((byte, index) => bytes[index] !== byte)) {
    return refused(path, 'This is no PNG file.', 'Save the logo as PNG, or better as SVG with plain paths.');
  }
  return { logo: { kind: 'png', bytes: Uint8Array.from(bytes) }, problems: [] };
}

const refused = (file: string, message: string, hint: string): { readonly problems: readonly ConfigProblem[] } => ({
  problems: [{ file, line: 1, column: 1, path: '', message, hint }],
});

type SvgLogo = Extract<Logo, { kind: 'svg' }>;

/**
 * Reads the small part of SVG that a logo may use: one `svg` with a view box and in it `path` elements with `d` and a fill of `#rrggbb`.
 * Anything else (scripts, styles, pictures, transforms, references, a DOCTYPE) is a problem: it would be lost or run on paper.
 */
export function parseSvgLogo(file: string, text: string): { readonly logo?: Logo; readonly problems: readonly ConfigProblem[] } {
  const problems: ConfigProblem[] = [];
  const paths: SvgLogo['paths'][number][] = [];
  let viewBox: SvgLogo['viewBox'] | undefined;
  let depth = 0;
  const parser = new SaxesParser();
  const refuse = (message: string, hint: string): void => {
    problems.push({ file, line: parser.line, column: parser.column + 1, path: '', message, hint });
  };
  parser.on('error', (error) => {
    // After the first error of well-formedness the rest says nothing.
    if (problems.length === 0)
      refuse(`This is no well-formed SVG: ${error.message}`, 'Save the logo again from the drawing program.');
  });
  parser.on('doctype', () => refuse('A DOCTYPE is not allowed in a logo.', 'Take the <!DOCTYPE …> line away.'));
  parser.on('opentag', (tag) => {
    depth += 1;
    for (const { message, hint } of tagProblems(tag, depth)) refuse(message, hint);
    if (tag.name === 'svg') viewBox = readViewBox(tag.attributes['viewBox']);
    if (tag.name === 'path') paths.push({ d: tag.attributes['d'] ?? '', fill: fillOf(tag) });
  });
  parser.on('closetag', () => {
    depth -= 1;
  });
  parser.write(text).close();
  if (problems.length > 0) return { problems };
  if (viewBox === undefined || paths.length === 0) {
    refuse(
      'The logo has no view box or no path.',
      'Give <svg viewBox="0 0 width height"> and at least one <path d="…" fill="#rrggbb"/>.',
    );
    return { problems };
  }
  return { logo: { kind: 'svg', viewBox, paths }, problems };
}

/** Attributes that may stand; those of `svg` and `title` that are not read have no effect on paper. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  svg: ['xmlns', 'viewBox', 'width', 'height', 'version', 'role', 'aria-label'],
  title: [],
  path: ['d', 'fill', 'id'],
};

interface TagProblem {
  readonly message: string;
  readonly hint: string;
}

function* tagProblems(tag: SaxesTagPlain, depth: number): Generator<TagProblem> {
  const allowed = ALLOWED[tag.name];
  if (allowed === undefined || (tag.name === 'svg') !== (depth === 1)) {
    yield {
      message: `The element <${tag.name}> is not allowed here in a logo.`,
      hint: 'Convert everything to plain paths, without groups, in one <svg>.',
    };
    return;
  }
  const attribute = Object.keys(tag.attributes).find((name) => !allowed.includes(name));
  if (attribute !== undefined) {
    yield {
      message: `The attribute ${attribute} is not allowed on <${tag.name}>.`,
      hint: 'Convert strokes to paths, apply transforms, and write colours as fill="#rrggbb".',
    };
  }
  if (tag.name !== 'path') return;
  if (!/^#[0-9a-fA-F]{6}$/.test(fillOf(tag))) {
    yield {
      message: `The fill "${fillOf(tag)}" is no colour of the form #rrggbb.`,
      hint: 'Write the colour as # and six hexadecimal digits.',
    };
  }
  const problem = pathTextProblem(tag.attributes['d'] ?? '');
  if (problem !== undefined)
    yield { message: `The path cannot be drawn: ${problem}.`, hint: 'Save the logo again from the drawing program.' };
}

/** Why a text is no SVG path data (SVG 1.1 §8.3), or undefined if it is. */
export function pathTextProblem(d: string): string | undefined {
  const path = svgPath(d);
  const fault = 'err' in path ? path.err : undefined;
  if (typeof fault === 'string' && fault !== '') return fault.replace(/^SvgPath: /, '');
  if (d.trim() === '') return 'it has no commands';
  // Catmull-Rom curves were in a draft of SVG 2 only: a path of them can't be put on paper.
  return /r/i.test(d) ? 'R is no command' : undefined;
}

/** A path without fill is black (SVG 1.1 §11.3). */
const fillOf = (tag: SaxesTagPlain): string => tag.attributes['fill'] ?? '#000000';

function readViewBox(text: string | undefined): SvgLogo['viewBox'] | undefined {
  const [x, y, width, height, ...rest] = (text ?? '')
    .trim()
    .split(/[\s,]+/)
    .map(Number);
  if (x === undefined || y === undefined || width === undefined || height === undefined || rest.length > 0) return undefined;
  return [x, y, width, height].every(Number.isFinite) && width > 0 && height > 0 ? [x, y, width, height] : undefined;
}
