import { OperatingError } from '../operating-error.ts';

/**
 * The part that is plugged in by this id. What the configuration names is checked when it is read; what is not found here stands in the database
 * from a time when it was plugged in: throws a MissingPartError. `kind` says what it is: `country`.
 */
export function plugged<Part>(parts: Readonly<Record<string, Part>>, kind: string, id: string): Part {
  const part = Object.hasOwn(parts, id) ? parts[id] : undefined;
  if (part === undefined) throw new MissingPartError(`${kind} ${id}`);
  return part;
}

/** Something that was plugged in once is asked for and no longer there. */
export class MissingPartError extends OperatingError {
  constructor(part: string) {
    super({ problem: `The house has no ${part}.`, fix: 'Plug it in: jobs/house/parts.ts.', retry: 'never' });
    this.name = 'MissingPartError';
  }
}
