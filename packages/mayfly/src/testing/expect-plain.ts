import assert from "node:assert/strict";

/** What terminals obey, or show nothing for; written down anew, so that the product does not vouch for itself. */
const OBEYED: readonly (readonly [first: number, last: number])[] = [
  [0x00, 0x1f],
  [0x7f, 0x9f],
  [0xad, 0xad],
  [0x61c, 0x61c],
  [0x180e, 0x180e],
  [0x200b, 0x200f],
  [0x2028, 0x202e],
  [0x2060, 0x206f],
  [0x3164, 0x3164],
  [0xd800, 0xdfff],
  [0xfeff, 0xfeff],
  [0xe0000, 0xe0fff],
];

/** Nothing in this text is more than letters and signs; `besides` is what may stand there all the same. */
export function expectPlain(where: string, text: string, besides = ""): void {
  for (const character of text) {
    const code = character.codePointAt(0)!;
    if (besides.includes(character) || !OBEYED.some(([first, last]) => first <= code && code <= last))
      continue;
    const at = text.indexOf(character);
    const around = JSON.stringify(text.slice(Math.max(0, at - 60), at + 20));
    assert.fail(`${where} has U+${code.toString(16).padStart(4, "0")} in it: …${around}…`);
  }
}
