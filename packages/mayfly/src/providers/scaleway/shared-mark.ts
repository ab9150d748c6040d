import type { MadeBy } from "../resources/resources.ts";
import { ownerTag, readMarks } from "./marks.ts";

/** The marks of what lives by itself. */
export function sharedTags({ owner, onDemand }: Pick<MadeBy, "owner" | "onDemand">): string[] {
  return onDemand ? [ownerTag(owner), ON_DEMAND] : [ownerTag(owner)];
}

/** Whether an installation made it because an instance wanted it. */
export function isShared(tags: readonly string[]): boolean {
  return readMarks(tags).owner !== undefined && tags.includes(ON_DEMAND);
}

const ON_DEMAND = "mayfly:shared";
