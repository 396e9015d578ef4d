import type { PrintProfile } from '#engine/print-profile.ts';
import type { ChunkPiece } from './render-letters.ts';
import { jobName } from './spool.ts';

interface VolumePlan {
  readonly jobNumber: number;
  readonly profile: PrintProfile;
  /** Code of the country in whose post the letters are put. */
  readonly postedIn: string;
}

/** Letters of one PDF in their order. */
export interface PlannedVolume {
  readonly fileName: string;
  readonly envelope: string;
  readonly pieces: readonly ChunkPiece[];
}

/**
 * Divides letters into streams by envelope, sorts each by country (first the one in which they are posted), postcode and document (print.md §3.2), and cuts it into volumes on a letter's
 * border before the profile's limit. Names say stream, envelope, sides, colour and part: `J0042-S01-C5D-K-P01.pdf`.
 */
export function planVolumes(
  { jobNumber, profile, postedIn }: VolumePlan,
  pieces: readonly ChunkPiece[],
): readonly PlannedVolume[] {
  const inPostalOrder = (a: ChunkPiece, b: ChunkPiece): number =>
    compare(countryKey(a, postedIn), countryKey(b, postedIn)) ||
    compare(a.postcode, b.postcode) ||
    compare(a.documentId, b.documentId);
  const kind = `${profile.duplex ? 'D' : 'S'}-${profile.colour ? 'C' : 'K'}`;
  const streams = profile.envelopes
    .map(({ code }) => ({ code, pieces: pieces.filter(({ envelope }) => envelope === code).sort(inPostalOrder) }))
    .filter((stream) => stream.pieces.length > 0);
  return streams.flatMap((stream, at) =>
    cutVolumes(stream.pieces, profile.maxSheetsPerVolume).map((part, number) => ({
      fileName: `${jobName(jobNumber)}-S${twoDigits(at + 1)}-${stream.code}${kind}-P${twoDigits(number + 1)}.pdf`,
      envelope: stream.code,
      pieces: part,
    })),
  );
}

const twoDigits = (value: number): string => String(value).padStart(2, '0');

/** By code units, so that the order is the same on every machine. */
const countryKey = ({ country }: ChunkPiece, postedIn: string): string => (country === postedIn ? '' : country);
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function cutVolumes(pieces: readonly ChunkPiece[], maxSheets: number): readonly (readonly ChunkPiece[])[] {
  const volumes: ChunkPiece[][] = [];
  let sheets = Number.POSITIVE_INFINITY;
  for (const piece of pieces) {
    if (sheets + piece.sheets > maxSheets) {
      volumes.push([]);
      sheets = 0;
    }
    volumes.at(-1)?.push(piece);
    sheets += piece.sheets;
  }
  return volumes;
}
