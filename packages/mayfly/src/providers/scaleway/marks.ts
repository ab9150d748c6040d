import type { Marks } from "../provider.ts";

/** What a thing's tags say of whose it is. */
export interface ReadMarks {
  owner?: string;
  instanceId?: string;
  expiresAt?: number;
}

/** Our marks and the user's tags; a user's tag can't pass for a mark. */
export function markTags(marks: Marks, userTags: readonly string[]): string[] {
  const seconds = new Date(Math.floor(marks.expiresAt / 1000) * 1000).toISOString().replace(".000Z", "Z");
  const own = [ownerTag(marks.owner), `${INSTANCE}${marks.instanceId}`, `${EXPIRES}${seconds}`];
  return [...new Set([...own, ...userTags.filter((tag) => !tag.startsWith("mayfly:"))])];
}

export function ownerTag(owner: string): string {
  return `${OWNER}${owner}`;
}

export function instanceTag(instanceId: string): string {
  return `${INSTANCE}${instanceId}`;
}

/** A thing that names two owners belongs to nobody. */
export function readMarks(tags: readonly string[] | undefined): ReadMarks {
  const values = (mark: string) =>
    (tags ?? []).filter((tag) => tag.startsWith(mark)).map((tag) => tag.slice(mark.length));
  const [owner, ...others] = new Set(values(OWNER));
  if (owner === undefined || others.length > 0) return {};
  const expiresAt = Date.parse(values(EXPIRES)[0] ?? "");
  return {
    owner,
    instanceId: values(INSTANCE)[0],
    expiresAt: Number.isNaN(expiresAt) ? undefined : expiresAt,
  };
}

const OWNER = "mayfly:owner=";
const INSTANCE = "mayfly:instance=";
const EXPIRES = "mayfly:expires=";
