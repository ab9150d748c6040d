import type { Clock } from "../../clock.ts";

const LONGEST_MS = 1_000;

/**
 * Instances that were just put down. One that the very next look still shows as due was handled in vain, and is left
 * alone for a second; of the others nothing is remembered.
 */
export interface Rests {
  /** @param until when its next time comes, if it is known. */
  begin(id: string, until: number | undefined): void;
  end(id: string): void;
  /** When its rest ends, by the monotonic clock; undefined when it is not resting. */
  endOf(id: string): number | undefined;
  ids(): string[];
}

export function createRests(clock: Clock): Rests {
  const ends = new Map<string, number>();
  return {
    begin(id, until = Infinity) {
      const ms = Math.min(LONGEST_MS, until - clock.now());
      if (ms > 0) ends.set(id, clock.monotonic() + ms);
    },
    end: (id) => void ends.delete(id),
    endOf(id) {
      const end = ends.get(id);
      return end !== undefined && end > clock.monotonic() ? end : undefined;
    },
    ids: () => [...ends.keys()],
  };
}
