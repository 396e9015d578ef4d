import type { CommandModule } from 'yargs';
import { withOpenHome } from '../house/open.ts';
import { verifyHouse, type Verdict } from '../verify/verify-house.ts';
import { houseOptions, type CommonArguments, type End } from './house-options.ts';
import { printJson } from './output.ts';

export const verifyCommand = (end: End): CommandModule<CommonArguments, CommonArguments> => ({
  command: 'verify',
  describe: 'Check every invariant of ledger, files and documents; exit code 1 if one fails',
  handler: async (given) => {
    await using options = houseOptions(given);
    await withOpenHome(options, async (house) => {
      const verdicts = await verifyHouse(house, given.json ? () => undefined : printVerdict);
      const failed = verdicts.filter((verdict) => verdict.violations.length > 0);
      if (given.json) printJson(verdicts);
      else
        console.log(
          failed.length === 0 ? `All ${verdicts.length} invariants hold.` : `${failed.length} of ${verdicts.length} fail.`,
        );
      if (failed.length > 0) end(1);
    });
  },
});

function printVerdict({ id, title, violations }: Verdict): void {
  console.log(`${violations.length === 0 ? 'ok  ' : 'FAIL'} ${id.padEnd(4)} ${title}`);
  for (const violation of violations) console.log(`          ${violation}`);
}
