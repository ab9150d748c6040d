import type { Ready } from "../lifecycle/instance.ts";
import type { seededRandom } from "./seeded-random.ts";

/** What users do in one simulated world, and how badly it treats them. */
export interface Scenario {
  instances: Wish[];
  /** Processes on one store. */
  workers: number;
  /** They are on machines of their own: one looks for all, and their wall clocks are ahead of the true time by so much. */
  together: { aheadMs: number[] } | undefined;
  /** When something with our mark appears that nobody asked for. */
  stray: { atMs: number; kind: Stray } | undefined;
  /** What somebody else does to our machines at the cloud's console. */
  meddling: { atMs: number; verb: Meddling }[];
  /** From when on somebody starts the first machine of ours that is to be stopped, and has been for a while. */
  startsByHandAtMs: number | undefined;
  /** Another installation lives on the same account, with as many instances. */
  neighbours: Wish[];
  /** When somebody sets the wall clock of the service's machine, and by how much it is wrong from then on. */
  jumps: { atMs: number; wrongByMs: number }[];
  /** When the store takes no writes. */
  full: { atMs: number; forMs: number } | undefined;
  /** How far lists lag, in parts of the visibility gap: above 1 is more than the provider declares. */
  lag: number;
  /** The chance that a list leaves out a machine. */
  flicker: number;
  /** Until when anything can fail. */
  faultsUntilMs: number;
  /** Chances per call to a port. */
  crash: number;
  freeze: number;
  slowStore: number;
  lostAnswer: number;
  refused: number;
  limited: number;
  failing: number;
  slow: number;
  missPage: number;
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
  ready: Ready;
  provisionTimeoutMs: number;
  /** Shared with others that want the same. */
  network: string | undefined;
  firewall: string | undefined;
  /** The SSH key that it brings, by number. */
  key: number | undefined;
  /** With a volume beside its root. */
  volume: boolean;
  acts: { atMs: number; verb: Verb }[];
}

/** The last two are to be refused: beyond what it may live, and against a deadline that has moved. */
export type Verb = "extend" | "stop" | "start" | "delete" | "extend beyond" | "extend late";
export type Meddling = (typeof MEDDLING)[number];
export type Stray = (typeof STRAYS)[number];

const VERBS = [
  ...Array<Verb>(4).fill("extend"),
  ...Array<Verb>(2).fill("stop"),
  ...Array<Verb>(2).fill("start"),
  ...Array<Verb>(2).fill("delete"),
  "extend beyond",
  "extend late",
] as const;
const MEDDLING = [
  "delete",
  "stop",
  "start",
  "double",
  "attach",
  "untag",
  "retag",
  "shutdown",
  "remark",
] as const;
const STRAYS = ["machine", "machine", "volume", "address"] as const;
/** Few, so that they are shared. */
const NETWORKS = ["lab", "lan"] as const;
const KEYS = 2;
const HOUR_MS = 3_600_000;
/** Enough to need more calls at once than a limiter lets through. */
const CROWD = 30;

type Seeded = ReturnType<typeof seededRandom>;

/**
 * @param options.types what machines there are; all but the first misbehave
 * @param options.fewest instances that users want
 * @param options.hasKeys whether they may bring SSH keys
 */
export function scenarioOf(
  random: Seeded,
  { types, fewest, hasKeys }: { types: string[]; fewest: number; hasKeys: boolean },
): Scenario {
  const severity = random.below(4);
  const some = <T>(chance: number, most: number, make: () => T): T[] =>
    random.chance(chance) ? Array.from({ length: 1 + random.below(most) }, make) : [];
  const crowd = random.chance(0.005);
  const workers = random.chance(0.25) ? 2 + random.below(2) : 1;
  // Several workers sweep often enough to find the same.
  const faultsUntilMs = workers > 1 ? 110_000 + random.below(80_000) : 40_000 + random.below(150_000);
  return {
    instances: crowd
      ? Array.from({ length: CROWD }, () => wish(random, { types, hasKeys, within: 500 }))
      : Array.from({ length: fewest + random.below(2) }, () => wish(random, { types, hasKeys })),
    workers,
    stray: random.chance(workers > 1 ? 0.8 : 0.3)
      ? { atMs: random.below(workers > 1 ? 40_000 : 120_000), kind: STRAYS[random.below(STRAYS.length)]! }
      : undefined,
    meddling: some(0.3, 3, () => ({
      atMs: 10_000 + random.below(faultsUntilMs),
      verb: MEDDLING[random.below(MEDDLING.length)]!,
    })),
    neighbours: some(0.07, 2, () => wish(random, { types, hasKeys })),
    jumps: some(0.2, 3, () => ({
      atMs: random.below(faultsUntilMs),
      wrongByMs: [-HOUR_MS, -60_000, 0, 60_000, HOUR_MS][random.below(5)]!,
    })),
    full: random.chance(0.1)
      ? { atMs: random.below(faultsUntilMs), forMs: 5_000 + random.below(90_000) }
      : undefined,
    lag: random.chance(0.1) ? 1 + 2 * random.fraction() : random.chance(0.5) ? 0.45 * random.fraction() : 0,
    flicker: random.chance(0.15) ? 0.02 : 0,
    faultsUntilMs,
    freeze: random.chance(workers > 1 ? 0.8 : 0.1) ? 0.004 : 0,
    slowStore: random.chance(0.2) ? 0.1 : 0,
    crash: [0, 0.003, 0.01, 0.03][severity]!,
    lostAnswer: [0.01, 0.03, 0.08, 0.15][severity]!,
    refused: [0.01, 0.02, 0.05, 0.1][severity]!,
    limited: random.chance(0.05) ? 0.5 : 0.02,
    failing: [0, 0.01, 0.03, 0.05][severity]!,
    slow: [0, 0.01, 0.03, 0.03][severity]!,
    missPage: [0, 0.01, 0.05, 0.1][severity]!,
    storeBusy: [0, 0.002, 0.01, 0.01][severity]!,
    together:
      workers > 1 && random.chance(0.5)
        ? { aheadMs: Array.from({ length: workers }, () => random.below(4_001) - 2_000) }
        : undefined,
    startsByHandAtMs: random.chance(0.2) ? random.below(120_000) : undefined,
  };
}

function wish(
  random: Seeded,
  { types, hasKeys, within = 40_000 }: { types: string[]; hasKeys: boolean; within?: number },
): Wish {
  const atMs = random.below(within);
  const ready = random.chance(0.15) ? (random.chance(0.4) ? "ssh" : "cloud-init") : "cloud";
  const lifetimeMs = 20_000 + random.below(120_000);
  // Some of what users do comes while it is being made or close to the deadline, where the races are.
  const actAt = () => {
    if (random.chance(0.2)) return random.below(10_000);
    return random.chance(0.5) ? lifetimeMs - 3_000 + random.below(6_000) : random.below(lifetimeMs + 60_000);
  };
  return {
    atMs,
    type: random.chance(0.85) ? types[0]! : types[random.below(types.length)]!,
    lifetimeMs,
    onExpiry: random.chance(0.3) ? ("stop" as const) : ("delete" as const),
    retainMs: 20_000 + random.below(70_000),
    ipv6: random.chance(0.4),
    userData: random.chance(0.5),
    ready,
    provisionTimeoutMs: patienceMs(random, ready),
    network: random.chance(0.1) ? NETWORKS[random.below(NETWORKS.length)]! : undefined,
    firewall: random.chance(0.05) ? "web" : undefined,
    volume: random.chance(0.1),
    key: hasKeys && random.chance(0.15) ? random.below(KEYS) : undefined,
    acts: Array.from({ length: random.below(3) }, () => ({
      atMs: atMs + actAt(),
      verb: VERBS[random.below(VERBS.length)]!,
    })),
  };
}

/** Some give up before the deadline, and some before any machine could be there. */
function patienceMs(random: Seeded, ready: Ready): number {
  if (random.chance(0.1)) return 1_000 + random.below(30_000);
  return ready === "cloud" ? 200_000 : 40_000 + random.below(160_000);
}
