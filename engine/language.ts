/** Languages of receipts and documents; a text missing in one of them is a type error. */
export const languages = ['sv', 'en'] as const;
export type Language = (typeof languages)[number];
