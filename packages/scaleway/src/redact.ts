/** Takes the secrets out of a text that somebody else wrote, and bounds it to one readable line. */
export function redact(text: string, secrets: readonly string[]): string {
  let clean = text;
  for (const secret of secrets) if (secret !== "") clean = clean.replaceAll(secret, "[redacted]");
  clean = clean.replace(/(x-(?:auth|session)-token["']?\s*[:=,]?\s*)\S+/gi, "$1[redacted]");
  clean = clean.replace(/\s+/g, " ").trim();
  return clean.length > LONGEST ? `${clean.slice(0, LONGEST)}…` : clean;
}

const LONGEST = 400;
