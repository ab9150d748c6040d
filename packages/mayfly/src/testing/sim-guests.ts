import { seededRandom } from "./seeded-random.ts";

/** What the guests of a simulated world do once they are up: late, never, badly, or as they should. The machine's id says which. */
export interface SimGuests {
  /** What this guest has reported by now; undefined: nothing. */
  report(machineId: string, upAt: number | undefined): string | undefined;
  /** What it has come to by now; `ready`: cloud-init has ended, and its SSH server greets. */
  cameTo(machineId: string, upAt: number | undefined): "ready" | "failed" | undefined;
}

type End = "ready" | "warnings" | "failed" | "garbage, then ready" | "garbage" | "never";

const ENDS: readonly End[] = [
  ...Array<End>(6).fill("ready"),
  "warnings",
  "failed",
  "failed",
  "garbage, then ready",
  "garbage",
  "never",
];
const GARBAGE = [
  "",
  "{",
  "null",
  "[]",
  '{"version":2,"status":"done"}',
  '{"version":1,"status":"ready"}',
  '{"version":1,"status":["done"],"log":{}}',
  "\u001B[2J\u0000",
];
const REPORTS = {
  ready: '{"version":1,"status":"done"}',
  warnings: '{"version":1,"status":"degraded","log":"old key"}',
  failed: '{"version":1,"status":"error","log":"no such package"}',
  never: undefined,
};
const SLOWEST_MS = 45_000;
const GARBAGE_MS = 20_000;

export function simGuests(now: () => number): SimGuests {
  const known = new Map<string, { end: End; afterMs: number; garbage: string }>();

  function guestOf(machineId: string) {
    const before = known.get(machineId);
    if (before) return before;
    let hash = 0;
    for (const character of machineId) hash = (Math.imul(hash, 31) + character.charCodeAt(0)) | 0;
    const random = seededRandom(hash);
    const guest = {
      end: ENDS[random.below(ENDS.length)]!,
      afterMs: random.chance(0.5) ? random.below(5_000) : random.below(SLOWEST_MS),
      garbage: GARBAGE[random.below(GARBAGE.length)]!,
    };
    known.set(machineId, guest);
    return guest;
  }

  /** How it is with this guest now, as far as anybody outside can tell. */
  function stage(machineId: string, upAt: number | undefined): Exclude<End, "garbage, then ready"> {
    const { end, afterMs } = guestOf(machineId);
    const ago = upAt === undefined ? -1 : now() - upAt - afterMs;
    if (ago < 0) return "never";
    if (end !== "garbage, then ready") return end;
    return ago < GARBAGE_MS ? "garbage" : "ready";
  }

  return {
    report(machineId, upAt) {
      const at = stage(machineId, upAt);
      return at === "garbage" ? guestOf(machineId).garbage : REPORTS[at];
    },
    cameTo(machineId, upAt) {
      const at = stage(machineId, upAt);
      if (at === "failed") return at;
      return at === "ready" || at === "warnings" ? "ready" : undefined;
    },
  };
}
