import type { IdPairs } from "./id-pairs.ts";
import { likeness } from "./likeness.ts";
import { pairItems } from "./pair-items.ts";
import { textKind, uuids } from "./text-kind.ts";

const madeUpByClouds = new Set(["uuid", "ip4", "ip6", "name of an ip4", "mac", "access key"]);
const AT_SAME_INDEX = 0.5;
const UNLIKELY = -1;

/** Walks a recorded answer and the one got side by side, and pairs what the two clouds made up. */
export function learnIds(recorded: unknown, got: unknown, ids: IdPairs): void {
  if (typeof recorded === "string") {
    if (typeof got === "string") learnText(recorded, got, ids);
  } else if (Array.isArray(recorded)) {
    if (!Array.isArray(got)) return;
    for (const [one, other] of pairItems(recorded, got, score, UNLIKELY)) learnIds(one, other, ids);
  } else if (isObject(recorded) && isObject(got)) {
    for (const [key, value] of Object.entries(recorded)) learnIds(value, got[ids.text(key)] ?? got[key], ids);
  }
  function score(one: unknown, other: unknown, atSameIndex: boolean): number {
    return likeness(one, other, ids) + (atSameIndex ? AT_SAME_INDEX : 0);
  }
}

function learnText(recorded: string, got: string, ids: IdPairs): void {
  const kind = textKind(recorded);
  if (madeUpByClouds.has(kind) && kind === textKind(got)) {
    ids.pair(recorded, got);
    return;
  }
  // Inside of links and endpoints.
  const [mine, theirs] = [recorded.match(uuids) ?? [], got.match(uuids) ?? []];
  if (mine.length !== theirs.length) return;
  for (const [index, id] of mine.entries()) ids.pair(id, theirs[index] ?? id);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
