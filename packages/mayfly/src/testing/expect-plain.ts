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

const inHex = (code: number) => `\\u{${code.toString(16)}}`;
const ANY_OBEYED = new RegExp(
  `[${OBEYED.map(([first, last]) => `${inHex(first)}-${inHex(last)}`).join("")}]`,
  "gu",
);

/** Nothing in this text is more than letters and signs; `besides` is what may stand there all the same. */
export function expectPlain(where: string, text: string, besides = ""): void {
  for (const { 0: character, index: at } of text.matchAll(ANY_OBEYED)) {
    if (besides.includes(character)) continue;
    const code = character.codePointAt(0)!.toString(16).padStart(4, "0");
    const around = JSON.stringify(text.slice(Math.max(0, at - 60), at + 20));
    assert.fail(`${where} has U+${code} in it: …${around}…`);
  }
}
