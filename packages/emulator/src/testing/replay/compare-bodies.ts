import type { Difference, What } from "./difference.ts";
import { exactFields } from "./exact-fields.ts";
import type { IdPairs } from "./id-pairs.ts";
import { likeness } from "./likeness.ts";
import { pairItems } from "./pair-items.ts";
import { textKind } from "./text-kind.ts";

export interface Comparison {
  readonly ids: IdPairs;
  /** Every text that the client has sent so far. */
  readonly sent: ReadonlySet<string>;
  /** Of a listing of a shared account: how many there are is no fault. */
  readonly listing: boolean;
  /** Of a refusal: its prose may differ. */
  readonly refusal: boolean;
  /** Real answers leave the key at this path out at times. */
  mayLack(path: string): boolean;
}

interface Place {
  readonly path: string;
  /** The key of the innermost object. */
  readonly key: string;
}

/** Objects whose keys are data: indices of volumes, names of types and of variables. */
const KEYED_BY_DATA =
  /(?:^|\.)(?:servers|(?:extra_)?volumes|(?:secret_)?environment_variables|args|headers|settings)$/;
/** From this many keys on it is a catalogue, of which a cloud may hold a part. */
const CATALOGUE = 6;

/** What differs in the body got; values the cloud makes up are compared by their kind. */
export function compareBodies(recorded: unknown, got: unknown, by: Comparison): Difference[] {
  const found: Difference[] = [];
  walk(recorded, got, { path: "", key: "" });
  return found;

  function differ(level: Difference["level"], path: string, what: What, ...values: unknown[]): void {
    found.push({ level, path, what, ...(values.length > 0 && { recorded: values[0], got: values[1] }) });
  }

  function walk(recorded: unknown, got: unknown, at: Place): void {
    if (recorded === null || got === null) {
      if (recorded !== got) differ("warn", at.path, "null", recorded, got);
    } else if (typeOf(recorded) !== typeOf(got)) {
      differ("fail", at.path, "type", typeOf(recorded), typeOf(got));
    } else if (Array.isArray(recorded)) walkList(recorded, got as unknown[], at);
    else if (typeof recorded === "object") walkObject(recorded, got as object, at);
    else if (typeof recorded === "string") walkText(recorded, got as string, at);
    else if (recorded !== got && (typeof recorded === "boolean" || exactFields.has(at.key)))
      differ(by.listing && at.key === "total_count" ? "warn" : "fail", at.path, "value", recorded, got);
  }

  function walkList(recorded: unknown[], got: unknown[], { path, key }: Place): void {
    if (recorded.length > 0 && got.length === 0) differ("fail", path, "empty list", recorded.length, 0);
    else if (recorded.length !== got.length)
      differ(by.listing ? "warn" : "fail", path, "length", recorded.length, got.length);
    if (exactFields.has(key) && recorded.every((item) => typeof item !== "object")) {
      if (JSON.stringify(by.ids.value(recorded)) !== JSON.stringify(got))
        differ("fail", path, "value", recorded, got);
      return;
    }
    for (const [one, other] of pairItems(recorded, got, (one, other) => likeness(one, other, by.ids)))
      walk(one, other, { path: `${path}[]`, key });
  }

  function walkObject(recorded: object, got: object, { path }: Place): void {
    const keyedByData = KEYED_BY_DATA.test(path);
    const values = new Map(Object.entries(got));
    const entries = Object.entries(recorded);
    for (const [key, value] of entries) {
      const partner = values.has(key) ? key : by.ids.text(key);
      const inner = below(path, keyedByData ? "*" : key);
      if (values.has(partner)) walk(value, values.get(partner), { path: inner, key });
      else if (!keyedByData || entries.length < CATALOGUE)
        differ(by.mayLack(below(path, key)) ? "warn" : "fail", below(path, key), "missing key");
    }
    if (keyedByData) return;
    for (const key of values.keys())
      if (!Object.hasOwn(recorded, key)) differ("warn", below(path, key), "extra key");
  }

  function walkText(recorded: string, got: string, { path, key }: Place): void {
    const expected = by.ids.text(recorded);
    if (got === recorded || got === expected) return;
    if (exactFields.has(key)) differ(key === "state_detail" ? "warn" : "fail", path, "value", expected, got);
    else if (by.sent.has(recorded)) differ("fail", path, "not as requested", expected, got);
    else if (textKind(recorded) !== textKind(got))
      differ(forgivable(recorded, got) ? "warn" : "fail", path, "kind", recorded, got);
    else if (by.refusal && key === "message") differ("warn", path, "message", recorded, got);
  }
}

/** Nothing where something was or the reverse, and dates in another notation. */
function forgivable(recorded: string, got: string): boolean {
  return recorded === "" || got === "" || textKind(recorded).startsWith("date");
}

function typeOf(value: unknown): string {
  return Array.isArray(value) ? "list" : typeof value;
}

function below(path: string, key: string): string {
  return path === "" ? key : `${path}.${key}`;
}
