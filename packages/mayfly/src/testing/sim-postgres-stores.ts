import { ownerId } from "../store/owner-id.ts";
import { openPostgresStore } from "../store/postgres.ts";
import { countedCalls } from "./counted-calls.ts";
import { openingStore } from "./opening-store.ts";
import { postgresAdministrator } from "./postgres-administrator.ts";
import { seededRandom } from "./seeded-random.ts";
import type { MakeSimStore, OpenSimStore, SimStore } from "./sim-store.ts";

/** Enough for some at once. To open one costs more than most worlds ask of it. */
const CONNECTIONS = 3;
/** More than a transaction has statements. */
const MOST_LAST_WORDS = 12;

/**
 * A schema of its own on a real PostgreSQL, by which each process goes on connections of its own. Emptied schemas serve
 * the next world. Time passes only while no call is under way, but which of several transactions comes first, and when
 * news of a commit arrive, is the server's choice: a seed need not replay exactly.
 */
export function simPostgresStores(url: string, schemasOf: string): MakeSimStore {
  const emptied: string[] = [];
  const administrator = postgresAdministrator(url);
  let schemas = 0;
  let openings = 0;

  return async ({ seed, clock, wall }): Promise<SimStore> => {
    const random = seededRandom(seed);
    const owner = ownerId(random);
    const schema = emptied.pop() ?? `${schemasOf}_${++schemas}`;
    await administrator.empty(schema);
    const calls = countedCalls();
    const openAs = (as: string) =>
      openPostgresStore({
        url: `${url}?application_name=${as}`,
        schema,
        owner,
        random: seededRandom(seed ^ ++openings),
        clock: calls.countingWork(clock),
        connections: CONNECTIONS,
      });
    const truth = await openAs(`${schema}_truth`);
    const all = new Set<OpenSimStore>();

    return {
      truth: calls.counting(truth),
      takesTime: true,
      open() {
        const as = `${schema}_${openings}`;
        const opening = calls.during(openAs(as));
        const one = openingStore(opening, { now: async () => wall.now() });
        const own = countedCalls();
        // It gets as far as that with what is under way; then the server undoes what is not committed, or ends it first.
        const end = async () => {
          const store = await opening;
          await administrator.roundTrips(random.below(MOST_LAST_WORDS));
          one.refuse();
          if (random.chance(0.5)) await administrator.cut(as);
          // Else what waits for a connection would wait until it is too late for one.
          await own.settled();
          await store.close();
        };
        const opened: OpenSimStore = {
          store: calls.counting(own.counting(one.store)),
          die() {
            if (!all.delete(opened)) return;
            void calls.during(end());
          },
        };
        all.add(opened);
        return opened;
      },
      settled: calls.settled,
      async close() {
        for (const opened of all) opened.die();
        await calls.settled();
        await truth.close();
        emptied.push(schema);
      },
    };
  };
}
