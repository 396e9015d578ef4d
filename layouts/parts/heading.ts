import type { Logo } from '#engine/letter.ts';
import type { BoxMm } from '#engine/print-profile.ts';
import type { Drawing, PathDrawing } from '../page/drawing.ts';
import type { Palette } from '../page/ink.ts';
import type { Raster } from '../page/png.ts';
import { pdfPath } from '../page/svg-path.ts';
import type { PartContext } from './part.ts';
import { type } from './type-scale.ts';

/** A logo that can be drawn: paths already as operators, or a decoded picture. */
export type ReadyLogo =
  | {
      readonly kind: 'paths';
      readonly viewBox: readonly [number, number, number, number];
      readonly shapes: PathDrawing['shapes'];
    }
  | { readonly kind: 'raster'; readonly raster: Raster };

/** Prepares a vector logo; throws a SyntaxError or RangeError for a logo that is no path data or colour. */
export function readyPaths(logo: Extract<Logo, { kind: 'svg' }>, palette: Palette): ReadyLogo {
  const shapes = logo.paths.map(({ d, fill }) => ({ operators: pdfPath(d), ink: palette.of(fill) }));
  return { kind: 'paths', viewBox: logo.viewBox, shapes };
}

/** A logo never exceeds this, however much room the window leaves. */
const MAX_LOGO_WIDTH_MM = 65;
const MAX_LOGO_HEIGHT_MM = 17;

/** The seller's logo, or without one the name as a neutral heading. */
export function heading(context: PartContext, box: BoxMm, sellerName: string, logo: ReadyLogo | undefined): readonly Drawing[] {
  if (logo === undefined) return nameHeading(context, box, sellerName);
  const [width, height] = logo.kind === 'paths' ? [logo.viewBox[2], logo.viewBox[3]] : [logo.raster.width, logo.raster.height];
  const maxWidth = Math.min(MAX_LOGO_WIDTH_MM, box.right - box.left);
  const scaleMm = Math.min(maxWidth / width, Math.min(MAX_LOGO_HEIGHT_MM, box.bottom - box.top) / height);
  const place = { xMm: box.left, yMm: box.top, widthMm: width * scaleMm, heightMm: height * scaleMm };
  if (logo.kind === 'raster') return [{ kind: 'raster', ...place, raster: logo.raster }];
  const [originX, originY] = logo.viewBox;
  return [{ kind: 'path', ...place, scaleMm, originX, originY, shapes: logo.shapes }];
}

const NAME_LEADING_MM = 7;
/** The baseline of the document's title, to the right of the name. */
const FIRST_BASELINE_MM = 8;

function nameHeading({ set, palette }: PartContext, box: BoxMm, sellerName: string): readonly Drawing[] {
  const style = { ...type.sellerName, ink: palette.accent };
  const lines = set.wrap(sellerName, style, box.right - box.left);
  const room = Math.max(1, Math.floor((box.bottom - box.top) / NAME_LEADING_MM));
  const shown =
    lines.length <= room
      ? lines
      : [...lines.slice(0, room - 1), set.fit(lines.slice(room - 1).join(' '), style, box.right - box.left)];
  return shown.map((line, at) =>
    set.line(line, style, { xMm: box.left, yMm: box.top + FIRST_BASELINE_MM + at * NAME_LEADING_MM }),
  );
}
