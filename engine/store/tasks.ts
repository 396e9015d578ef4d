import type { IsoDate } from '../iso-date.ts';
import { toJson } from '../invoice-json.ts';
import type { Tx } from './database.ts';

/** Something a person has to do, for a client or about one; `subject` tells it from others of its kind. */
export interface NewTask {
  readonly client: string;
  readonly kind: string;
  readonly subject: string;
  readonly detail: Readonly<Record<string, string>>;
  readonly dueOn?: IsoDate | undefined;
}

/** Opens tasks; one that is open already stays as it is, one that was done is opened again. */
export async function openTasks(tx: Tx, at: Date, tasks: readonly NewTask[]): Promise<void> {
  if (tasks.length === 0) return;
  await tx.query(
    `insert into task (opened_at, client_id, kind, subject, detail, due_on)
     select $1, t.* from unnest($2::text[], $3::text[], $4::text[], $5::jsonb[], $6::date[]) as t
     on conflict (client_id, kind, subject) do update set detail = excluded.detail, due_on = excluded.due_on,
       opened_at = excluded.opened_at, done_at = null, done_by = null
     where task.done_at is not null`,
    [
      at,
      tasks.map((task) => task.client),
      tasks.map((task) => task.kind),
      tasks.map((task) => task.subject),
      tasks.map((task) => toJson(task.detail)),
      tasks.map((task) => task.dueOn ?? null),
    ],
  );
}

/** Marks tasks as done; those that are not open stay as they are. */
export async function closeTasks(
  tx: Tx,
  { client, kind, subjects, by, at }: { client: string; kind: string; subjects: readonly string[]; by: string; at: Date },
): Promise<void> {
  await tx.query(
    `update task set done_at = $4, done_by = $5 where client_id = $1 and kind = $2 and subject = any($3) and done_at is null`,
    [client, kind, subjects, at, by],
  );
}
