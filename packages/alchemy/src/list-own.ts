import type { Claims } from "./claims.ts";
import type { Cloud } from "./cloud.ts";
import type { CommonProps } from "./common-props.ts";
import type { At, CommonAttributes, Identity, Kind, Wanted } from "./kind.ts";

export type Own = Identity & At;

/**
 * What carries the mark, or stands where it was claimed: where it is wanted, and wherever an interrupted run may have made it.
 * Oldest first: of the same age the smaller id, so that every run agrees.
 */
export async function listOwn<Props extends CommonProps, Attributes extends CommonAttributes, Whole>(
  kind: Kind<Props, Attributes, Whole>,
  cloud: Cloud,
  { place, projectId, mark }: Wanted<Props>,
  claims: Claims,
): Promise<Own[]> {
  const claimed = await claims.all();
  const own: Own[] = [];
  if (kind.ownedBy === "claim")
    for (const { place, name } of claimed) {
      const named = await kind.list(cloud, { place, projectId, name });
      own.push(...named.filter((each) => each.name === name).map((each) => ({ ...each, place })));
    }
  else
    for (const where of new Set([place, ...claimed.map((each) => each.place)])) {
      const marked = await kind.list(cloud, { place: where, projectId, tag: mark });
      const ours = marked.filter(({ tags }) => tags.includes(mark));
      own.push(...ours.map((each) => ({ ...each, place: where })));
    }
  return own.sort(byAge);
}

function byAge(one: Identity, other: Identity): number {
  const [a, b] = [one.createdAt?.getTime() ?? 0, other.createdAt?.getTime() ?? 0];
  return a - b || (one.id < other.id ? -1 : 1);
}
