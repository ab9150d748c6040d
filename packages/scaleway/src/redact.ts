/** Takes the secrets out of a text that somebody else wrote, and makes one readable line of it, of bounded length. */
export function redact(text: string, secrets: readonly string[]): string {
  let clean = text.replace(/\s+/g, " ").replace(INVISIBLE, "").trim();
  // Before anything is cut off: half a secret would not be found.
  for (const secret of secrets)
    if (secret !== "") clean = clean.replace(new RegExp(escaped(secret), "gi"), "[redacted]");
  if (clean.length > LONGEST) clean = `${clean.slice(0, LONGEST)}…`;
  return clean.replace(/(x-(?:auth|session)-token["']? ?[:=,]? ?)\S+/gi, "$1[redacted]");
}

/** What a terminal obeys or nobody sees: controls, bidirectional and zero-width characters, halves of pairs. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Default_Ignorable_Code_Point}]/gu;
const LONGEST = 400;

const escaped = (text: string): string => text.replace(/[^\w-]/g, String.raw`\$&`);
