import { isYounger } from "./is-younger.ts";
import type { Twin } from "./kind.ts";
import { Refused } from "../refused.ts";

/**
 * Which of all that have one name is meant: the oldest, when one installation made them all, as it may when an answer was
 * lost. Whose mark is missing is somebody else's, and then throws `Refused`.
 */
export function oneOfName<Thing extends Twin>(
  all: readonly Thing[],
): { meant: Thing; younger: Thing[] } | undefined {
  const [meant, ...younger] = all.toSorted((a, b) => (isYounger(a, b) ? 1 : -1));
  if (meant === undefined) return undefined;
  const areOurs = meant.owner !== undefined && younger.every(({ owner }) => owner === meant.owner);
  if (younger.length > 0 && !areOurs)
    throw new Refused(
      `${all.length} have this name: ${[meant, ...younger].map(({ id }) => id).join(", ")}`,
      "go by the id, or leave only one of them",
    );
  return { meant, younger };
}
