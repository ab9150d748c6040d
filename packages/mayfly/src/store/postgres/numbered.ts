/** A statement as PostgreSQL takes it, and the names of its parameters in their order. */
export interface Numbered {
  text: string;
  names: string[];
}

/** Turns `:name` into `$1`; the same name is the same number. */
export function numbered(text: string): Numbered {
  const names: string[] = [];
  const replaced = text.replaceAll(/(?<!:):([A-Za-z_]+)/g, (_, name: string) => {
    if (!names.includes(name)) names.push(name);
    return `$${names.indexOf(name) + 1}`;
  });
  return { text: replaced, names };
}
