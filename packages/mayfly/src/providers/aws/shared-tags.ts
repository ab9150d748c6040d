import type { ResourceType, Tag, TagSpecification } from "@aws-sdk/client-ec2";
import type { MadeBy, Named } from "../resources/resources.ts";
import { OWNER, readMarks } from "./marks.ts";

/** An instance wanted it: it goes with the last one that does. */
export const ON_DEMAND = "mayfly:shared";

/** The marks of what lives by itself, for the call that makes it. */
export function sharedTags(
  type: ResourceType,
  name: string,
  { owner, onDemand }: MadeBy,
  ...more: Tag[]
): TagSpecification[] {
  const marks: Tag[] = [
    { Key: OWNER, Value: owner },
    { Key: "Name", Value: name },
    ...(onDemand ? [{ Key: ON_DEMAND, Value: "" }] : []),
  ];
  return [{ ResourceType: type, Tags: [...marks, ...more] }];
}

export function readShared(tags: readonly Tag[] | undefined): Pick<Named, "owner" | "onDemand"> {
  const { owner } = readMarks(tags);
  return { owner, onDemand: owner !== undefined && hasTag(tags, ON_DEMAND) };
}

export const hasTag = (tags: readonly Tag[] | undefined, key: string): boolean =>
  (tags ?? []).some(({ Key }) => Key === key);
