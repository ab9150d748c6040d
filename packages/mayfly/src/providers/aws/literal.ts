/** A value of a filter, in which `*` and `?` stand for others. */
export const literal = (text: string): string => text.replaceAll(/[*?\\]/g, (sign) => `\\${sign}`);
