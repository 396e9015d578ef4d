/**
 * SVG path data (SVG 1.1 §8.3) as PDF path operators in the same units, y still growing downwards. Throws a SyntaxError on data that
 * is no path: a logo is configuration and is read when the client's file is.
 */
export function pdfPath(d: string): string {
  const pen: Pen = { x: 0, y: 0, startX: 0, startY: 0, controlX: 0, controlY: 0, previous: '', output: [] };
  for (const [command, values] of readCommands(d)) {
    const count = argumentCounts[command.toUpperCase()] ?? 0;
    if (count === 0) closePath(pen);
    for (let at = 0; at < values.length; at += count) {
      // Further pairs after a moveto are linetos (§8.3.2).
      const implicit = at > 0 && command.toUpperCase() === 'M' ? (command === 'm' ? 'l' : 'L') : command;
      drawSegment(pen, implicit, values.slice(at, at + count));
    }
  }
  return pen.output.join(' ');
}

interface Pen {
  x: number;
  y: number;
  startX: number;
  startY: number;
  /** The last control point, which S and T mirror. */
  controlX: number;
  controlY: number;
  previous: string;
  readonly output: string[];
}

const argumentCounts: Readonly<Record<string, number>> = { M: 2, L: 2, H: 1, V: 1, C: 6, S: 4, Q: 4, T: 2, A: 7, Z: 0 };

function* readCommands(d: string): Generator<readonly [command: string, values: readonly number[]]> {
  if (!/^\s*[Mm]/.test(d)) throw new SyntaxError('path data does not start with a moveto');
  for (const match of d.matchAll(/([a-zA-Z])([^a-zA-Z]*(?:e[-+]?\d+[^a-zA-Z]*)*)/g)) {
    const command = match[1] ?? '';
    const count = argumentCounts[command.toUpperCase()];
    if (count === undefined) throw new SyntaxError(`unknown path command ${command}`);
    const values = command.toUpperCase() === 'A' ? readArcNumbers(match[2] ?? '') : readNumbers(match[2] ?? '');
    if (count === 0 ? values.length > 0 : values.length === 0 || values.length % count !== 0) {
      throw new SyntaxError(`path command ${command} has ${values.length} numbers`);
    }
    yield [command, values];
  }
}

const number = String.raw`[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?`;
const readNumbers = (text: string): number[] => Array.from(text.matchAll(new RegExp(number, 'gi')), ([found]) => Number(found));

/** The two flags of an arc may stand without separators: `a1 1 0 00.5.5`. */
function readArcNumbers(text: string): number[] {
  const arc = new RegExp(
    `(${number})[\\s,]*(${number})[\\s,]*(${number})[\\s,]*([01])[\\s,]*([01])[\\s,]*(${number})[\\s,]*(${number})`,
    'gi',
  );
  return Array.from(text.matchAll(arc), (match) => match.slice(1).map(Number)).flat();
}

const rounded = (value: number): string => String(Math.round(value * 100) / 100);

function emit(pen: Pen, operator: string, ...values: number[]): void {
  pen.output.push(...values.map(rounded), operator);
}

function closePath(pen: Pen): void {
  pen.output.push('h');
  pen.x = pen.startX;
  pen.y = pen.startY;
  pen.previous = 'Z';
}

function moveTo(pen: Pen, x: number, y: number): void {
  emit(pen, 'm', x, y);
  [pen.x, pen.y, pen.startX, pen.startY] = [x, y, x, y];
}

function lineTo(pen: Pen, x: number, y: number): void {
  emit(pen, 'l', x, y);
  [pen.x, pen.y] = [x, y];
}

type Point = readonly [x: number, y: number];

function curveTo(pen: Pen, first: Point, second: Point, end: Point): void {
  emit(pen, 'c', ...first, ...second, ...end);
  [pen.controlX, pen.controlY] = second;
  [pen.x, pen.y] = end;
}

/** A quadratic curve is the cubic whose controls lie two thirds of the way to its one control. */
function quadraticTo(pen: Pen, control: Point, end: Point): void {
  const towards = (from: number, to: number): number => from + ((to - from) * 2) / 3;
  const first: Point = [towards(pen.x, control[0]), towards(pen.y, control[1])];
  curveTo(pen, first, [towards(end[0], control[0]), towards(end[1], control[1])], end);
  [pen.controlX, pen.controlY] = control;
}

function drawSegment(pen: Pen, command: string, values: readonly number[]): void {
  const kind = command.toUpperCase();
  const relative = command !== kind;
  const [baseX, baseY] = relative ? [pen.x, pen.y] : [0, 0];
  const at = (index: number): Point => [baseX + (values[index] ?? 0), baseY + (values[index + 1] ?? 0)];
  const mirrored = (kinds: string): Point =>
    kinds.includes(pen.previous) ? [2 * pen.x - pen.controlX, 2 * pen.y - pen.controlY] : [pen.x, pen.y];
  if (kind === 'M') moveTo(pen, ...at(0));
  else if (kind === 'L') lineTo(pen, ...at(0));
  else if (kind === 'H') lineTo(pen, baseX + (values[0] ?? 0), pen.y);
  else if (kind === 'V') lineTo(pen, pen.x, baseY + (values[0] ?? 0));
  else if (kind === 'C') curveTo(pen, at(0), at(2), at(4));
  else if (kind === 'S') curveTo(pen, mirrored('CS'), at(0), at(2));
  else if (kind === 'Q') quadraticTo(pen, at(0), at(2));
  else if (kind === 'T') quadraticTo(pen, mirrored('QT'), at(0));
  else arcTo(pen, values, at(5));
  pen.previous = kind;
}

/** An elliptical arc as cubic curves of at most a quarter turn (SVG 1.1 appendix F.6). */
function arcTo(pen: Pen, values: readonly number[], end: Point): void {
  const [givenX = 0, givenY = 0, degrees = 0, large = 0, sweep = 0] = values;
  if (givenX === 0 || givenY === 0) return lineTo(pen, ...end);
  if (end[0] === pen.x && end[1] === pen.y) return;
  const turn = (degrees * Math.PI) / 180;
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  const [halfX, halfY] = [(pen.x - end[0]) / 2, (pen.y - end[1]) / 2];
  const [startX, startY] = [cos * halfX + sin * halfY, cos * halfY - sin * halfX];
  const stretch = Math.sqrt(Math.max(1, (startX / givenX) ** 2 + (startY / givenY) ** 2));
  const [radiusX, radiusY] = [Math.abs(givenX) * stretch, Math.abs(givenY) * stretch];
  const below = (radiusX * startY) ** 2 + (radiusY * startX) ** 2;
  const factor = (large === sweep ? -1 : 1) * Math.sqrt(Math.max(0, ((radiusX * radiusY) ** 2 - below) / below));
  const [unitX, unitY] = [(factor * radiusX * startY) / radiusY, (-factor * radiusY * startX) / radiusX];
  const centre: Point = [cos * unitX - sin * unitY + (pen.x + end[0]) / 2, sin * unitX + cos * unitY + (pen.y + end[1]) / 2];
  const from = Math.atan2((startY - unitY) / radiusY, (startX - unitX) / radiusX);
  const to = Math.atan2((-startY - unitY) / radiusY, (-startX - unitX) / radiusX);
  let span = to - from;
  if (sweep === 1 && span < 0) span += 2 * Math.PI;
  if (sweep === 0 && span > 0) span -= 2 * Math.PI;
  const place = (x: number, y: number): Point => [
    centre[0] + cos * radiusX * x - sin * radiusY * y,
    centre[1] + sin * radiusX * x + cos * radiusY * y,
  ];
  drawArcPieces(pen, { from, span, place });
}

function drawArcPieces(pen: Pen, arc: { from: number; span: number; place: (x: number, y: number) => Point }): void {
  const pieces = Math.ceil(Math.abs(arc.span) / (Math.PI / 2) - 1e-9);
  const step = arc.span / pieces;
  const reach = (4 / 3) * Math.tan(step / 4);
  for (let piece = 0; piece < pieces; piece += 1) {
    const [a, b] = [arc.from + piece * step, arc.from + (piece + 1) * step];
    const first = arc.place(Math.cos(a) - reach * Math.sin(a), Math.sin(a) + reach * Math.cos(a));
    const second = arc.place(Math.cos(b) + reach * Math.sin(b), Math.sin(b) - reach * Math.cos(b));
    curveTo(pen, first, second, arc.place(Math.cos(b), Math.sin(b)));
  }
}
