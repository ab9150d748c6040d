import assert from "node:assert/strict";
import { after, test } from "node:test";
import { openSimPlace } from "./open-sim-place.ts";
import { postgresOrSkip } from "./postgres-server.ts";
import { storesAt } from "./stores-at.ts";
import { simulate } from "./simulation.ts";
import { worldsOn } from "./worlds-on.ts";

const THREADS = 2;
const ON_SQLITE = Array.from({ length: 20 }, (_, index) => index + 1);
/** Seeds that take little: of one worker, of several, and of several on machines of their own. */
const ON_POSTGRES = [5, 11, 17, 33, 47, 53];

test(`the promises hold in ${ON_SQLITE.length} worlds whose rows lie in SQLite`, async (t) => {
  const report = await worldsOn(ON_SQLITE, { threads: THREADS, place: { kind: "sqlite" } });
  t.diagnostic(JSON.stringify(report));
});

test("a seed replays exactly with its rows in SQLite", async () => {
  const options = { story: true, stores: storesAt({ kind: "sqlite" }) };
  for (const seed of [7]) assert.deepEqual(await simulate(seed, options), await simulate(seed, options));
});

if ("bin" in postgresOrSkip()) {
  const { place, close } = await openSimPlace("postgres");
  after(close);
  test(`the promises hold in ${ON_POSTGRES.length} worlds whose rows lie in PostgreSQL, which dying processes leave in mid-transaction`, async (t) => {
    t.diagnostic(JSON.stringify(await worldsOn(ON_POSTGRES, { threads: THREADS, place })));
  });
}
