import { sharedTags } from "./shared-mark.ts";

/** The same tags, of a thing that stays until somebody deletes it. */
export function lastingTags(tags: readonly string[], owner: string): string[] {
  const marks = sharedTags({ owner, onDemand: true });
  return [...sharedTags({ owner }), ...tags.filter((tag) => !marks.includes(tag))];
}
