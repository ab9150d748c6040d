import assert from "node:assert/strict";
import { after, test } from "node:test";
import { inThreads } from "./in-threads.ts";
import { openSimPlace } from "./open-sim-place.ts";
import { postgresOrSkip } from "./postgres-server.ts";
import { storesAt } from "./sim-store-place.ts";
import type { SimStorePlace } from "./sim-store-place.ts";
import { simulate } from "./simulation.ts";

const THREADS = 2;
const ON_SQLITE = Array.from({ length: 30 }, (_, index) => index + 1);
/** Each of them takes seconds: of one worker, of several, and of several on machines of their own. */
const ON_POSTGRES = [5, 7, 8, 25, 31, 33];

async function expectKept(seeds: number[], place: SimStorePlace): Promise<void> {
  const violations: string[] = [];
  const total = { worlds: 0, crashes: 0, faults: 0 };
  for await (const result of inThreads(seeds, { threads: THREADS, place })) {
    total.worlds += 1;
    total.crashes += result.crashes;
    total.faults += result.faults;
    violations.push(...result.violations.map((violation) => `seed ${result.seed}: ${violation}`));
  }
  assert.deepEqual(violations, []);
  assert.equal(total.worlds, seeds.length);
  assert.ok(
    total.crashes >= seeds.length && total.faults > 10 * seeds.length,
    `the worlds were too kind to prove anything: ${JSON.stringify(total)}`,
  );
}

test(`the promises hold in ${ON_SQLITE.length} worlds whose rows lie in SQLite`, () =>
  expectKept(ON_SQLITE, { kind: "sqlite" }));

test("a seed replays exactly with its rows in SQLite", async () => {
  const options = { story: true, stores: storesAt({ kind: "sqlite" }) };
  for (const seed of [7, 8]) assert.deepEqual(await simulate(seed, options), await simulate(seed, options));
});

if ("bin" in postgresOrSkip()) {
  const { place, close } = await openSimPlace("postgres");
  after(close);
  test(`the promises hold in ${ON_POSTGRES.length} worlds whose rows lie in PostgreSQL, which dying processes leave in mid-transaction`, () =>
    expectKept(ON_POSTGRES, place));
}
