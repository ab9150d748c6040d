import type { Tag } from "@aws-sdk/client-ec2";
import type { Marks } from "../provider.ts";

export const OWNER = "mayfly:owner";
const INSTANCE = "mayfly:instance";
const EXPIRES = "mayfly:expires";
/** While its create has steps left that need it to run. */
export const UNFINISHED = "mayfly:unfinished";

/** What a thing's tags say of whose it is. */
export interface ReadMarks {
  owner?: string;
  instanceId?: string;
  expiresAt?: number;
  isUnfinished?: boolean;
}

/** Our marks and the user's tags: `course:a` is a key alone, `course=a` has a value. A user's tag can't pass for a mark. */
export function markTags(marks: Marks, name: string, userTags: readonly string[]): Tag[] {
  const tags = new Map(userTags.filter((tag) => !tag.startsWith("mayfly:")).map(keyAndValue));
  return [...partTags(marks, name), ...expiryTags(marks), ...toTags(tags)].filter(isFirstOfItsKey);
}

/** The marks of what is made with a machine. */
export const partTags = ({ owner, instanceId }: Omit<Marks, "expiresAt">, name: string): Tag[] => [
  { Key: OWNER, Value: owner },
  { Key: INSTANCE, Value: instanceId },
  { Key: "Name", Value: name },
];

/** What is written anew when a mark is not as it should be: all but the owner's, without which a machine is not ours. */
export const changingTags = (marks: Omit<Marks, "owner">): Tag[] => [
  { Key: INSTANCE, Value: marks.instanceId },
  ...expiryTags(marks),
];

const expiryTags = ({ expiresAt }: Pick<Marks, "expiresAt">): Tag[] => [
  { Key: EXPIRES, Value: new Date(Math.floor(expiresAt / 1000) * 1000).toISOString().replace(".000Z", "Z") },
];

export function readMarks(tags: readonly Tag[] | undefined): ReadMarks {
  const owner = valueOf(tags, OWNER);
  if (owner === undefined) return {};
  const expiresAt = Date.parse(valueOf(tags, EXPIRES) ?? "");
  return {
    owner,
    instanceId: valueOf(tags, INSTANCE),
    expiresAt: Number.isNaN(expiresAt) ? undefined : expiresAt,
    isUnfinished: (tags ?? []).some(({ Key }) => Key === UNFINISHED),
  };
}

export const nameOf = (tags: readonly Tag[] | undefined): string => valueOf(tags, "Name") ?? "";

/** Of a tag as users write it. */
export const keyOf = (tag: string): string => keyAndValue(tag)[0];

const valueOf = (tags: readonly Tag[] | undefined, key: string): string | undefined =>
  (tags ?? []).find(({ Key }) => Key === key)?.Value || undefined;

function keyAndValue(tag: string): [string, string] {
  const at = tag.indexOf("=");
  return at < 1 ? [tag, ""] : [tag.slice(0, at), tag.slice(at + 1)];
}

const toTags = (tags: ReadonlyMap<string, string>): Tag[] =>
  [...tags].map(([Key, Value]) => ({ Key, Value }));

const isFirstOfItsKey = (tag: Tag, at: number, all: Tag[]): boolean =>
  all.findIndex(({ Key }) => Key === tag.Key) === at;
