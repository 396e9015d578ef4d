import type { z } from 'zod';
import type { ConfigProblem } from '../config-problem.ts';
import type { ConfigFile } from '../read-config-file.ts';
import { nearestWord } from '../schema/nearest-word.ts';
import type { remotesSchema } from '../schema/remotes-schema.ts';
import { problemAt } from '../yaml-source.ts';

export type RemotesFile = ConfigFile<z.output<typeof remotesSchema>>;

/** Remotes belong to clients that exist, and a client has one place for its receipts. */
export function checkRemotes({ source, value }: RemotesFile, clients: readonly string[]): readonly ConfigProblem[] {
  const unknown = (['deliveries', 'inboxes'] as const).flatMap((list) =>
    value[list].flatMap(({ client }, index) => {
      if (clients.includes(client)) return [];
      const near = nearestWord(client, clients);
      return [
        problemAt(source, {
          path: [list, index, 'client'],
          message: `There is no client "${client}".`,
          hint: near === undefined ? 'Clients have a file each in config/clients.' : `Did you mean "${near}"?`,
        }),
      ];
    }),
  );
  const twice = value.deliveries.flatMap(({ client }, index) =>
    value.deliveries.findIndex((item) => item.client === client) === index
      ? []
      : [
          problemAt(source, {
            path: ['deliveries', index, 'client'],
            message: `Client "${client}" has two deliveries.`,
            hint: 'Take one of them away.',
          }),
        ],
  );
  return [...unknown, ...twice];
}
