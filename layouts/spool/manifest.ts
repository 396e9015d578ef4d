import { formatAmount } from '#engine/money.ts';
import type { PrintProfile } from '#engine/print-profile.ts';
import { jobName, type RefusedPiece, type SpoolTotals, type SpoolVolume } from './spool-job.ts';

/** `J0042.manifest.json`: what the archive holds, for the print house's intake and for our own check. Last entry of the archive. */
export interface Manifest {
  readonly schemaVersion: 1;
  readonly job: string;
  readonly createdAt: string;
  readonly profile: { readonly id: string; readonly title: string; readonly duplex: boolean; readonly colour: boolean };
  readonly files: readonly ManifestFile[];
  readonly volumes: readonly SpoolVolume[];
  readonly totals: ManifestTotals;
  /** Letters that are in no volume. */
  readonly refused: number;
}

export interface ManifestFile {
  readonly name: string;
  readonly sizeBytes: number;
  readonly sha256: string;
}

export interface ManifestTotals {
  readonly pieces: number;
  readonly pages: number;
  readonly sheets: number;
  readonly milligrams: number;
  readonly payable: readonly { readonly currency: string; readonly amount: string }[];
}

export interface ManifestContent {
  readonly jobNumber: number;
  readonly createdAt: Date;
  readonly profile: PrintProfile;
  readonly volumes: readonly SpoolVolume[];
  readonly otherFiles: readonly ManifestFile[];
  readonly totals: SpoolTotals;
  readonly refused: readonly RefusedPiece[];
}

export function writeManifest(content: ManifestContent): string {
  const { profile, totals, volumes } = content;
  const manifest: Manifest = {
    schemaVersion: 1,
    job: jobName(content.jobNumber),
    createdAt: content.createdAt.toISOString(),
    profile: { id: profile.id, title: profile.title, duplex: profile.duplex, colour: profile.colour },
    files: [
      ...volumes.map(({ fileName, bytes, sha256 }) => ({ name: fileName, sizeBytes: bytes, sha256 })),
      ...content.otherFiles,
    ],
    volumes,
    totals: { ...totals, payable: totals.payable.map(({ currency, amount }) => ({ currency, amount: formatAmount(amount) })) },
    refused: content.refused.length,
  };
  return `${JSON.stringify(manifest, undefined, 2)}\n`;
}
