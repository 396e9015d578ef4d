import type { Manifest } from './manifest.ts';

/** Reads a manifest; throws a SyntaxError where a field that the check needs is missing or of another kind. */
export function readManifest(text: string): Manifest {
  const manifest = JSON.parse(text) as Partial<Manifest>;
  const isWhole = (value: unknown): boolean => Number.isInteger(value);
  const isText = (value: unknown): boolean => typeof value === 'string';
  const problems = [
    manifest.schemaVersion !== 1 && 'schemaVersion',
    !isText(manifest.job) && 'job',
    !(typeof manifest.profile?.duplex === 'boolean' && typeof manifest.profile.colour === 'boolean') && 'profile',
    !manifest.files?.every((file) => isText(file.name) && isWhole(file.sizeBytes) && isText(file.sha256)) && 'files',
    !manifest.volumes?.every(
      (volume) => isText(volume.fileName) && isWhole(volume.pages) && isWhole(volume.sheets) && isWhole(volume.pieces),
    ) && 'volumes',
    !(isWhole(manifest.totals?.pieces) && isWhole(manifest.totals?.pages) && isWhole(manifest.totals?.sheets)) && 'totals',
    !manifest.totals?.payable.every(({ currency, amount }) => isText(currency) && isText(amount)) && 'totals.payable',
  ].filter((problem) => problem !== false);
  if (problems.length > 0) throw new SyntaxError(`manifest is wrong in ${problems.join(', ')}`);
  return manifest as Manifest;
}
