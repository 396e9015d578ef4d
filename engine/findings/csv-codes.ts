import { csvFieldCodes } from './csv-field-codes.ts';
import { csvFormCodes } from './csv-form-codes.ts';

/** Findings about CSV invoice files. */
export const csvCodes = { ...csvFormCodes, ...csvFieldCodes } as const;
