/** What a file is called until it is whole: hidden, and with an ending that every pick-up program leaves alone. */
export const temporaryName = (name: string): string => `.${name}.tmp`;
