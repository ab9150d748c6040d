import { canonicalRange } from "../canonical-range.ts";
import { Refused } from "../refused.ts";

/** Throws `Refused` for what is no CIDR. */
export function checkedRange(text: string): string {
  const range = canonicalRange(text);
  if (range === undefined)
    throw new Refused(`${JSON.stringify(text)} is not a CIDR`, "write it like 10.0.0.0/24 or fd00::/64");
  return range;
}
