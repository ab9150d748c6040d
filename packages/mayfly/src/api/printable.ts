import { UNPRINTABLE } from "./unprintable.ts";

/** Somebody's text as it may stand in one line of a terminal: a sign in place of each character that is not to be obeyed. */
export const printable = (text: string): string => text.replace(UNPRINTABLE, signOf);

/** `␛` for escape, `␊` for a line feed, `�` for what has no picture. */
function signOf(character: string): string {
  const code = character.codePointAt(0)!;
  if (code < 0x20) return String.fromCodePoint(0x2400 + code);
  return code === 0x7f ? "␡" : "\uFFFD";
}
