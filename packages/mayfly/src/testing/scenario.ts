import type { seededRandom } from "./seeded-random.ts";

/** What users do in one simulated world, and how badly it treats them. */
export interface Scenario {
  instances: Wish[];
  /** When a machine with our mark appears that nobody asked for. */
  strayAtMs: number | undefined;
  /** When somebody sets the wall clock of the service's machine, and by how much it is wrong from then on. */
  jumps: { atMs: number; wrongByMs: number }[];
  /** Until when anything can fail. */
  faultsUntilMs: number;
  /** Chances per call to a port. */
  crash: number;
  lostAnswer: number;
  refused: number;
  limited: number;
  storeBusy: number;
}

export interface Wish {
  atMs: number;
  type: string;
  lifetimeMs: number;
  onExpiry: "delete" | "stop";
  retainMs: number;
  ipv6: boolean;
  userData: boolean;
  acts: { atMs: number; verb: "extend" | "stop" | "start" | "delete" }[];
}

const VERBS = ["extend", "extend", "stop", "start", "delete"] as const;

export function scenarioOf(random: ReturnType<typeof seededRandom>, types: string[]): Scenario {
  const severity = random.below(4);
  const faultsUntilMs = 120_000 + random.below(480_000);
  return {
    instances: Array.from({ length: 1 + random.below(4) }, () => {
      const atMs = random.below(60_000);
      const lifetimeMs = 20_000 + random.below(400_000);
      return {
        atMs,
        type: random.chance(0.8) ? types[0]! : types[random.below(types.length)]!,
        lifetimeMs,
        onExpiry: random.chance(0.3) ? ("stop" as const) : ("delete" as const),
        retainMs: 30_000 + random.below(120_000),
        ipv6: random.chance(0.4),
        userData: random.chance(0.5),
        // Some of them close to the deadline, where the race is.
        acts: Array.from({ length: random.below(3) }, () => ({
          atMs:
            atMs +
            (random.chance(0.5)
              ? lifetimeMs - 3_000 + random.below(6_000)
              : random.below(lifetimeMs + 60_000)),
          verb: VERBS[random.below(VERBS.length)]!,
        })),
      };
    }),
    strayAtMs: random.chance(0.3) ? random.below(300_000) : undefined,
    jumps: random.chance(0.25)
      ? Array.from({ length: 1 + random.below(3) }, () => ({
          atMs: random.below(faultsUntilMs),
          wrongByMs: [-3_600_000, -60_000, 0, 60_000, 3_600_000][random.below(5)]!,
        }))
      : [],
    faultsUntilMs,
    crash: [0, 0.004, 0.015, 0.04][severity]!,
    lostAnswer: [0.01, 0.03, 0.08, 0.15][severity]!,
    refused: [0.01, 0.03, 0.08, 0.15][severity]!,
    limited: 0.02,
    storeBusy: [0, 0.002, 0.01, 0.01][severity]!,
  };
}
