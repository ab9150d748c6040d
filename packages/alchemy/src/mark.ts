import { createHash } from "node:crypto";

const PREFIX = "alchemy:";
/** Longer ones are refused by the cloud, or cut. */
const LONGEST = 120;

/**
 * The tag that says which resource of which stage of which app made a thing. Two states that hold the same app and stage
 * hold the same things.
 *
 * @param fqn `app/stage/id`
 */
export function markOf(fqn: string): string {
  const readable = /^[\w./-]+$/.test(fqn) && PREFIX.length + fqn.length <= LONGEST;
  return PREFIX + (readable ? fqn : `sha256/${createHash("sha256").update(fqn).digest("hex")}`);
}

/** The mark among these tags, whosever it is. */
export function markIn(tags: readonly string[]): string | undefined {
  return tags.find((tag) => tag.startsWith(PREFIX));
}
