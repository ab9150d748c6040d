import type { CreateInstanceInput } from "../api/create-instance.ts";
import type { seededRandom } from "./seeded-random.ts";

/** One life of the service, from its start to its SIGKILL. */
export interface KillPlan {
  /** Killed so long after it was started, or so long after it made so many calls to the cloud. */
  afterMs: number;
  afterCalls: number | undefined;
  /** Not killed before the machines of its wishes are in the rows. */
  makesAll: boolean;
  /** What users begin to ask for in this life, and go on asking for until there is an answer. */
  wishes: Wish[];
}

export interface Wish {
  input: CreateInstanceInput & { name: string };
  ends: "kept" | "deleted" | "expired";
  askedAfterMs: number;
  /** How long after the answer it is asked for again, and then for its delete. */
  againAfterMs: number;
  /** The service is dead at its deadline, from so long before until so long after it. */
  missed?: { beforeMs: number; afterMs: number };
}

export interface KillPlans {
  lives: KillPlan[];
  /** Asked for when it is killed no more: they expire while it runs. */
  afterwards: Wish[];
}

const KILLS = 20;
const ENDS = [
  ...Array<Wish["ends"]>(5).fill("kept"),
  ...Array<Wish["ends"]>(6).fill("deleted"),
  ...Array<Wish["ends"]>(5).fill("expired"),
];
// Creates come early: an end that is asked for within 30 s of the create takes until then.
const CREATES_IN = 10;
/** The life in which those are made whose deadlines find the service dead, and when these are: some lives lie between. */
const MISSED = { madeIn: 5, lifetimes: ["11s", "17s"] } as const;
const AFTERWARDS = 3;
/** A start makes 3, the first create 5 to ask the catalogue, every create 2 to 4; then one a second. */
const MOST_CALLS = 20;

export function killPlan(random: ReturnType<typeof seededRandom>): KillPlans {
  const lives = Array.from({ length: KILLS }, (_, index): KillPlan => {
    const duringStart = index % 5 === 4;
    const afterCalls = duringStart ? undefined : 1 + random.below(MOST_CALLS);
    return {
      afterCalls,
      afterMs: random.below(duringStart ? 600 : 400),
      makesAll: index === MISSED.madeIn,
      wishes: [],
    };
  });
  for (const [index, ends] of shuffled(ENDS, random).entries())
    lives[lifeOf(index)]!.wishes.push({
      ends,
      input: {
        name: `${ends}-${index}`,
        // The shortest lifetime that there is ends before a create that was cut off is repeated; 12 s may go either way.
        lifetime: ends === "expired" ? "12s" : "2h",
        ipv6: index % 3 === 0,
        ...(index % 2 === 0 && { userData: `#cloud-config\nhostname: ${ends}-${index}\n` }),
      },
      askedAfterMs: random.below(1_000),
      againAfterMs: random.below(12_000),
    });
  for (const [index, lifetime] of MISSED.lifetimes.entries())
    lives[MISSED.madeIn]!.wishes.push({
      ends: "expired",
      input: { name: `missed-${index}`, lifetime },
      askedAfterMs: 0,
      againAfterMs: random.below(5_000),
      missed: { beforeMs: 300 + random.below(500), afterMs: 200 + random.below(1_500) },
    });
  const afterwards = Array.from({ length: AFTERWARDS }, (_, index): Wish => ({
    ends: "expired",
    input: { name: `punctual-${index}`, lifetime: "10s" },
    askedAfterMs: random.below(1_000),
    againAfterMs: random.below(5_000),
  }));
  return { lives, afterwards };
}

/** Those that are to be made whole share their life with nobody who might take longer. */
const lifeOf = (index: number) => {
  const life = Math.floor((index * (CREATES_IN - 1)) / ENDS.length);
  return life < MISSED.madeIn ? life : life + 1;
};

function shuffled<T>(items: readonly T[], random: ReturnType<typeof seededRandom>): T[] {
  return items
    .map((item) => ({ item, at: random.fraction() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}
