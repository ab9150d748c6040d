import type { EventKind, Instance } from "./instance.ts";
import type { Kind, Machine } from "./observed.ts";

/** The one next thing to do for an instance. */
export type Decision =
  /** Write this row (and event), then decide again. */
  | { kind: "write"; row: Instance; event?: { kind: EventKind; reason?: string } }
  /** Calls that change something in the cloud. */
  | { kind: "create"; found?: Machine }
  /** The deadline in the machine's mark is not the row's: a home that is lost finds what was extended by its mark. */
  | { kind: "mark"; machine: Machine }
  | { kind: "start"; machine: Machine }
  | { kind: "stop"; machine: Machine }
  | { kind: "delete" }
  /** Ask the machine, or what its guest left with the cloud, whether it is ready as asked for. */
  | { kind: "probe"; machine: Machine }
  /** Look at this kind of thing in the cloud, again and again, until something else is decided; at `until` at the latest. */
  | { kind: "watch"; what: Kind; until?: number }
  /** Nothing can change before `until`, unless somebody asks for something or the sweep sees something. */
  | { kind: "sleep"; until?: number };

export interface Circumstances {
  now: number;
  /** The time by which endings are judged: never later than the true time; -Infinity while no clock is trusted. */
  endNow: number;
  /** Whether marks can be changed after the create. */
  canMark: boolean;
  /** How long an accepted change may stay invisible in lists. */
  visibilityGapMs: number;
  /** Wall time since which the wall clock has not jumped: what was written before is no measure for a look. */
  steadySince: number;
}
