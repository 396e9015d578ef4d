import { readFileSync } from 'node:fs';

/** A long statement, or several, by its place below `engine/store/sql`: read once, when the module that names it is loaded. */
export const statement = (name: string): string => readFileSync(new URL(`sql/${name}.sql`, import.meta.url), 'utf8');
