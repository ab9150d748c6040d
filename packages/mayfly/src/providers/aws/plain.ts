/** A text that the cloud wrote, as one line of bounded length without what a terminal obeys or nobody sees. */
export function plain(text: string): string {
  const clean = text.replace(/\s+/g, " ").replace(INVISIBLE, "").trim();
  return clean.length > LONGEST ? `${clean.slice(0, LONGEST).replace(HALF, "")}…` : clean;
}

const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Default_Ignorable_Code_Point}]/gu;
/** What a cut may leave of a character. */
const HALF = /[\uD800-\uDBFF]$/;
const LONGEST = 400;
