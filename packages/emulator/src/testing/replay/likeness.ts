import type { IdPairs } from "./id-pairs.ts";
import { textKind } from "./text-kind.ts";

const FOREIGN = -1;
const SAME_ID = 10;
const SAME_VALUE = 5;
const SAME_FIELD = 2;
const SAME_KIND = 1;
const SAME_KIND_OF_FIELD = 0.3;

/** What tells the items of a list apart. */
const TELLING = [
  "id",
  "name",
  "label",
  "arch",
  "type",
  "family",
  "is_ipv6",
  "position",
  "direction",
  "address",
  "subnet",
  "volume_type",
  "product_resource_id",
];

/** How much speaks for an item of a recorded list and one of the list got being the same thing; negative: nothing can. */
export function likeness(recorded: unknown, got: unknown, ids: IdPairs): number {
  if (isObject(recorded) && isObject(got)) {
    let score = 0;
    for (const key of TELLING) {
      if (!(key in recorded && key in got)) continue;
      if (ids.value(recorded[key]) === got[key]) score += key === "id" ? SAME_ID : SAME_FIELD;
      else if (sameKind(recorded[key], got[key])) score += SAME_KIND_OF_FIELD;
    }
    return score;
  }
  if (typeof recorded !== typeof got) return FOREIGN;
  if (ids.value(recorded) === got) return SAME_VALUE;
  return sameKind(recorded, got) ? SAME_KIND : 0;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function sameKind(recorded: unknown, got: unknown): boolean {
  return typeof recorded === "string" && typeof got === "string" && textKind(recorded) === textKind(got);
}
