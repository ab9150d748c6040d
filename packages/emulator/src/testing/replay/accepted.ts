import type { Difference } from "./difference.ts";

/** A difference that is known, with the reason why it stays. */
export interface AcceptedDifference {
  /** @default in any cassette */
  readonly cassette?: string;
  /** With its service: `instance.getServer`. */
  readonly operation: string;
  /** In the body, as reports show it. */
  readonly path: string;
  readonly what: string;
  readonly why: string;
}

export interface Accepted {
  /** Says whether a difference that would fail is accepted, and counts its entry as used. */
  take(cassette: string, operation: string, difference: Difference): boolean;
  /** Entries that were not needed. */
  unused(): AcceptedDifference[];
}

export function createAccepted(entries: readonly AcceptedDifference[]): Accepted {
  const used = new Set<AcceptedDifference>();
  return {
    take(cassette, operation, { path, what }) {
      const matching = entries.filter(
        (entry) =>
          (entry.cassette === undefined || entry.cassette === cassette) &&
          entry.operation === operation &&
          entry.path === path &&
          entry.what === what,
      );
      for (const entry of matching) used.add(entry);
      return matching.length > 0;
    },
    unused: () => entries.filter((entry) => !used.has(entry)),
  };
}
