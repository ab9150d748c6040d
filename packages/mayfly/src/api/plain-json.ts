import { UNPRINTABLE } from "./unprintable.ts";

/** The same JSON, lines kept, in characters that no terminal obeys: programs read what they would have read. */
export const plainJson = (json: string): string =>
  json.replace(UNPRINTABLE, (character) => (character === "\n" ? character : escapeOf(character)));

const escapeOf = (character: string): string =>
  Array.from(
    { length: character.length },
    (_, at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, "0")}`,
  ).join("");
