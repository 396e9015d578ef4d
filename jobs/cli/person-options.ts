import { userInfo } from 'node:os';

/** Who does something by command, and why: stored with what they did (IS4). */
export interface PersonArguments {
  readonly who: string;
  readonly reason: string;
  readonly 'dry-run': boolean;
}

/** Options of every act of a person that changes something. */
export const personOptions = {
  who: { type: 'string', default: userInfo().username, describe: 'Who does it; stored with the act' },
  reason: { type: 'string', demandOption: true, describe: 'Why, in your own words; stored with the act' },
  'dry-run': { type: 'boolean', default: false, describe: 'Show what would become of it, and change nothing' },
} as const;
