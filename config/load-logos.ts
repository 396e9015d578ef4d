import { dirname, join } from 'node:path';
import type { Logo } from '#engine/letter.ts';
import type { ClientFile } from './client-file.ts';
import type { ConfigProblem } from './config-problem.ts';
import { loadLogo } from './load-logo.ts';
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
