import type { ClientFile } from '../client-file.ts';
import type { ConfigProblem } from '../config-problem.ts';
import { nearestWord } from '../schema/nearest-word.ts';
import { problemAt } from '../yaml-source.ts';

/** Every agreement names a printer that has a file. */
export function checkPrinterNames({ source, value }: ClientFile, printers: readonly string[]): readonly ConfigProblem[] {
  return value.agreements.flatMap(({ letter: { printer } }, index) => {
    if (printers.includes(printer)) return [];
    const near = nearestWord(printer, printers);
    const known = printers.length === 0 ? 'there is none yet' : printers.join(', ');
    return [
      problemAt(source, {
        path: ['agreements', index, 'letter', 'printer'],
        message: `There is no printer "${printer}".`,
        hint: `${near === undefined ? '' : `Did you mean "${near}"? `}Printers have a file each in config/printers: ${known}.`,
      }),
    ];
  });
}
