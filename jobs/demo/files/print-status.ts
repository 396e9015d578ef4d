import type { IsoDate } from '#engine/iso-date.ts';
import type { PieceEvent } from '#engine/sockets/format.ts';
import { readArchive } from '#layouts/spool/archive.ts';
import { readLettersCsv, readManifest } from '#layouts/spool/letters-list.ts';

export interface PrintAnswer {
  /** When every piece was put into the post. */
  readonly on: IsoDate;
  /** What became of single pieces, in order; absent: dispatched. An empty list leaves a piece out of the file. */
  readonly events?: (piece: number) => readonly { readonly status: PieceEvent; readonly on: IsoDate }[] | undefined;
}

/** A print house's status file for a print job, as one would answer that opened the archive: by its list of letters. */
export async function makePrintStatus(zipPath: string, { on, events }: PrintAnswer): Promise<string> {
  const archive = await readArchive(zipPath);
  try {
    const text = async (name: string): Promise<string> => Buffer.from((await archive.read(name)).bytes).toString('utf8');
    const { job } = readManifest(await text(archive.names.at(-1) ?? ''));
    const { rows } = readLettersCsv(await text(`${job}.letters.csv`));
    const lines = rows.flatMap(({ seq }) =>
      (events?.(Number.parseInt(seq, 10)) ?? [{ status: 'dispatched', on }]).map((event) =>
        [job, seq, event.status, event.on].join(';'),
      ),
    );
    return ['job;piece;status;date', ...lines, `END;${lines.length}`, ''].join('\r\n');
  } finally {
    archive.close();
  }
}
