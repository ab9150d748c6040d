import type { CreateInstanceInput } from "../api/create-instance.ts";
import type { seededRandom } from "./seeded-random.ts";

/** One life of the service, from its start to its SIGKILL. */
export interface KillPlan {
  /** Killed so long after it was started, or so long after it made so many calls to the cloud. */
  afterMs: number;
  afterCalls: number | undefined;
  /** What users begin to ask for in this life, and go on asking for until there is an answer. */
  wishes: Wish[];
}

export interface Wish {
  input: CreateInstanceInput & { name: string };
  ends: "kept" | "deleted" | "expired";
  askedAfterMs: number;
  /** How long after the answer it is asked for again, and then for its delete. */
  againAfterMs: number;
}

const KILLS = 20;
const ENDS = [
  ...Array<Wish["ends"]>(5).fill("kept"),
  ...Array<Wish["ends"]>(6).fill("deleted"),
  ...Array<Wish["ends"]>(5).fill("expired"),
];
// Creates come early: an end that is asked for within 30 s of the create takes until then.
const CREATES_IN = 10;
/** A start makes 3, the first create 5 to ask the catalogue, every create 2 to 4; then one a second. */
const MOST_CALLS = 20;

export function killPlan(random: ReturnType<typeof seededRandom>): KillPlan[] {
  const plan = Array.from({ length: KILLS }, (_, index): KillPlan => {
    const duringStart = index % 5 === 4;
    const afterCalls = duringStart ? undefined : 1 + random.below(MOST_CALLS);
    return { afterCalls, afterMs: random.below(duringStart ? 600 : 400), wishes: [] };
  });
  for (const [index, ends] of shuffled(ENDS, random).entries())
    plan[Math.floor((index * CREATES_IN) / ENDS.length)]!.wishes.push({
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
  return plan;
}

function shuffled<T>(items: readonly T[], random: ReturnType<typeof seededRandom>): T[] {
  return items
    .map((item) => ({ item, at: random.fraction() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}
