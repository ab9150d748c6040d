import { textKind, uuids } from "./text-kind.ts";

/** What stands in the judged cloud for what the recorded cloud made up: ids, addresses, keys. */
export interface IdPairs {
  /** The first partner of a recorded value is kept. */
  pair(recorded: string, got: string): void;
  /** A recorded text as the judged cloud would write it. */
  text(recorded: string): string;
  /** The same for all texts in a JSON value, the keys of objects included. */
  value(recorded: unknown): unknown;
}

// Too short to be made up by a cloud; and too short to be looked for inside of other texts.
const SHORTEST = 4;
const SHORTEST_PART = 7;

export function createIdPairs(): IdPairs {
  const partners = new Map<string, string>();
  const parts: [string, string][] = [];

  function text(recorded: string): string {
    const whole = partners.get(recorded);
    if (whole !== undefined) return whole;
    const renamed = recorded.replace(uuids, (id) => partners.get(id) ?? id);
    if (renamed !== recorded) return renamed;
    return parts.reduce((told, [from, to]) => told.replaceAll(from, () => to), recorded);
  }
  function value(recorded: unknown): unknown {
    if (typeof recorded === "string") return text(recorded);
    if (Array.isArray(recorded)) return recorded.map(value);
    if (typeof recorded !== "object" || recorded === null) return recorded;
    return Object.fromEntries(Object.entries(recorded).map(([key, inner]) => [text(key), value(inner)]));
  }
  return {
    pair(recorded, got) {
      if (recorded === got || recorded.length < SHORTEST || partners.has(recorded)) return;
      partners.set(recorded, got);
      if (recorded.length >= SHORTEST_PART && textKind(recorded) !== "uuid") parts.push([recorded, got]);
    },
    text,
    value,
  };
}
