import type { z } from 'zod';
import type { ClientId } from '#engine/agreement.ts';
import type { ConfigFile } from './read-config-file.ts';
import type { clientSchema } from './schema/client-schema.ts';

/** A client's file as it was read, before it is checked against the rest of the house. */
export interface ClientFile extends ConfigFile<z.output<ReturnType<typeof clientSchema>>> {
  readonly id: ClientId;
}

/** One version of an agreement in its file. */
export type AgreementTerms = ClientFile['value']['agreements'][number];
