import type { CommandModule } from 'yargs';
import { describeFinding } from '#engine/finding.ts';
import { toJson } from '#engine/invoice-json.ts';
import { houseOptions, type CommonArguments, type End } from './house-options.ts';
import { openInput, type InputArguments } from './open-input.ts';

export const readCommand = (end: End): CommandModule<CommonArguments, CommonArguments & InputArguments> => ({
  command: 'read <file>',
  describe: 'Show what would be made of a file: documents and findings as JSON, one document a line; needs no database',
  builder: (yargs) =>
    yargs
      .positional('file', { type: 'string', demandOption: true, describe: 'The file' })
      .option('as', { type: 'string', describe: 'Its format, as kuvert formats names it; else the client’s' })
      .option('client', { type: 'string', describe: 'Read it under this client’s agreement: mapping, seller, encoding' })
      .example('$0 read faktura.xml --as peppol', 'a Peppol invoice')
      .example('$0 read fakturor.csv --client vattnet', 'a CSV by a client’s mapping'),
  handler: async (given) => {
    await using options = houseOptions(given);
    const input = await openInput(given, { configFolder: options.configFolder, parts: options.parts, now: options.clock() });
    for await (const { submission, findings, ...document } of input.documents) {
      if (document.outcome !== 'accepted') end(1);
      const shown = findings.map((item) => ({ ...item, ...describeFinding(item, input.language) }));
      const read = submission === undefined ? {} : { directions: submission.directions, invoice: submission.invoice };
      console.log(toJson({ ...document, findings: shown, ...read }));
    }
  },
});
