/** One client's affairs and nobody else's (F06). */
export interface ClientScope {
  readonly client: string;
}

/**
 * Whose affairs are asked about or acted on: one client's, or all of the bureau's. Mandatory wherever people ask, so that nobody sees
 * another client by leaving something out. The bureau's own ledger is that of the client `bureau`.
 */
export type Scope = ClientScope | 'bureau';

/** The client that rows are confined to; null: all of the bureau. What SQL compares `client_id` with. */
export const clientIn = (scope: Scope): string | null => (scope === 'bureau' ? null : scope.client);

export const covers = (scope: Scope, client: string): boolean => scope === 'bureau' || scope.client === client;
