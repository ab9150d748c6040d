/** A row's name made of any words: letters, digits, `-` and `.`; it does not look like an id. */
export function slug(words: string): string {
  const bare = words
    .normalize("NFKD")
    .replaceAll(/\p{M}/gu, "")
    .replaceAll(/[^a-zA-Z0-9.-]+/g, "-")
    .slice(0, LONGEST)
    .replaceAll(/^[^a-zA-Z0-9]+|[^a-zA-Z0-9]+$/g, "");
  const taken =
    bare === "" || /^(mf|i)-/i.test(bare) || /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(bare);
  return taken ? `lab-${bare}`.replace(/-$/, "") : bare;
}

// With `lab-` before it and a suffix behind it, a name still fits.
const LONGEST = 48;
