import assert from "node:assert/strict";
import { after, test } from "node:test";
import type { SharedThing } from "../lifecycle/instance.ts";
import { aPostgresSchema } from "../testing/a-postgres-schema.ts";
import { postgresOrSkip, startPostgres } from "../testing/postgres-server.ts";
import { aNewInstance } from "./a-new-instance-contract.ts";
import { deleted, set } from "./store-test-contract.ts";

const found = postgresOrSkip();
const numbers = (count: number) => Array.from({ length: count }, (_, n) => n);

if ("bin" in found) {
  const server = await startPostgres(found.bin);
  after(() => server.stop());
  test("many who open a new database in the same instant agree on its owner", async (t) => {
    const { open } = aPostgresSchema(t, server);
    const stores = await Promise.all(numbers(8).map(() => open({ connections: 1 })));
    assert.equal(new Set(await Promise.all(stores.map((store) => store.owner()))).size, 1);
  });

  test("an owner that is given stays, and another is refused while instances of the old one live", async (t) => {
    const { open } = aPostgresSchema(t, server);
    assert.equal(await (await open({ owner: "first000first000" })).owner(), "first000first000");
    const store = await open({ owner: "other" });
    assert.equal(await store.owner(), "other");
    const { instance } = await store.insert(aNewInstance());
    await assert.rejects(open({ owner: "third" }), {
      code: "schema",
      message: /nobody would end their machines/,
    });
    await store.update(instance.id, {}, deleted);
    assert.equal(await (await open({ owner: "third" })).owner(), "third");
  });

  test("of twenty who claim one row at once one gets it, and all others know", async (t) => {
    const { open } = aPostgresSchema(t, server);
    const stores = await Promise.all([open(), open()]);
    const { id } = (await stores[0].insert(aNewInstance())).instance;
    const claims = numbers(20).map((n) => stores[n % 2]!.claim(id, { token: `w${n}`, now: 1, until: 5_001 }));
    const winners = (await Promise.all(claims)).filter((row) => row !== undefined);
    assert.equal(winners.length, 1);
    assert.equal(winners[0]?.version, 2);
    for (const store of stores) assert.deepEqual((await store.get(id))?.lease, winners[0]?.lease);
  });

  test("a worker that stood still for a minute changes nothing when it wakes up", async (t) => {
    const { open } = aPostgresSchema(t, server);
    const [slow, quick] = await Promise.all([open(), open()]);
    const { id } = (await slow.insert(aNewInstance())).instance;
    const read = (await slow.claim(id, { token: "slow", now: 1_000, until: 6_000 }))!;
    assert.ok(await quick.claim(id, { token: "quick", now: 61_000, until: 66_000 }));
    const now = await quick.update(id, { token: "quick" }, set({ reason: "quick was here" }));
    const guards = [
      { token: "slow" },
      { token: "slow", version: read.version },
      { token: "slow", version: now.version },
    ];
    for (const guard of guards)
      await assert.rejects(slow.update(id, guard, set({ reason: "slow was here" })), { code: "lease_lost" });
    await assert.rejects(slow.update(id, { version: read.version }, set({ reason: "slow" })), {
      code: "version_moved",
    });
    await slow.renew("slow", 61_500, 66_500);
    assert.deepEqual(await quick.get(id), now);
  });

  test("of those who bring one key, one name or one found thing at once one makes a row", async (t) => {
    const { open } = aPostgresSchema(t, server);
    const stores = await Promise.all([open(), open()]);
    for (const key of ["idempotencyKey", "foundKey", "deliveryKey"]) {
      const inserts = numbers(10).map((n) =>
        stores[n % 2]!.insert(aNewInstance({ id: `mf-${key}-${n}` }), { [key]: "one" }),
      );
      const made = await Promise.all(inserts);
      assert.equal(made.filter(({ created }) => created).length, 1, key);
      assert.equal(new Set(made.map(({ instance }) => instance.id)).size, 1, key);
    }
    const named = numbers(10).map((n) => stores[n % 2]!.insert(aNewInstance({ id: `mf-${n}`, name: "one" })));
    const done = await Promise.allSettled(named);
    assert.equal(done.filter(({ status }) => status === "fulfilled").length, 1);
    for (const each of done) if (each.status === "rejected") assert.equal(each.reason.code, "name_taken");
  });

  test("of many updates by many processes none is lost", async (t) => {
    const { open } = aPostgresSchema(t, server);
    const stores = await Promise.all([open(), open()]);
    const { id } = (await stores[0].insert(aNewInstance())).instance;
    const updates = numbers(40).map((n) =>
      stores[n % 2]!.update(id, {}, (row) => ({ row: { ...row, failures: row.failures + 1 } })),
    );
    await Promise.all(updates);
    assert.equal((await stores[0].get(id))?.failures, 40);
  });

  test("who reads on from the last event that it saw misses none, however many write", async (t) => {
    const { open } = aPostgresSchema(t, server);
    const [one, two, reader] = await Promise.all([open(), open(), open()]);
    const ids = numbers(10).map((n) => `mf-${n}`);
    for (const id of ids) await one.insert(aNewInstance({ id }));
    const rounds = numbers(6);
    const events = [1, 2, 3].map((at) => ({ at, kind: "trouble" as const }));
    let writing = true;
    const writers = [one, two].flatMap((store) =>
      ids.map(async (id) => {
        for (const _ of rounds) await store.update(id, {}, (row) => ({ row, events }));
      }),
    );
    const written = Promise.all(writers).finally(() => (writing = false));
    const seen: number[] = [];
    for (let more = true; more;) {
      const wasWriting = writing;
      const page = await reader.events({ after: seen.at(-1) ?? 0, limit: 1_000 });
      seen.push(...page.map(({ seq }) => seq));
      more = wasWriting || page.length > 0;
    }
    await written;
    assert.equal(seen.length, ids.length + 2 * ids.length * rounds.length * events.length);
  });

  test("who waits for an event or for a watched row is woken by what another process writes", async (t) => {
    const { open } = aPostgresSchema(t, server);
    const [one, two] = await Promise.all([open(), open()]);
    const { signal } = new AbortController();
    const event = one.eventCommitted(signal);
    const { id } = (await two.insert(aNewInstance())).instance;
    await event;
    const watched = one.watchedChanged("main", signal);
    await two.update(id, {}, set({ watched: true }));
    await watched;
  });

  test("what an instance comes to want while it is being dropped is counted", async (t) => {
    const { open } = aPostgresSchema(t, server);
    const [one, two] = await Promise.all([open(), open()]);
    const lab: SharedThing = { kind: "network", place: "fr-par", name: "lab" };
    for (const n of numbers(10)) {
      const first = await one.insert(aNewInstance({ id: `mf-a${n}`, uses: [lab] }));
      await one.update(first.instance.id, {}, deleted);
      assert.ok(await one.takeShared("main", lab, { token: "w", now: 1, until: 9 }));
      const [second] = await Promise.all([
        two.insert(aNewInstance({ id: `mf-b${n}`, uses: [lab] })),
        one.dropShared("main", lab, { token: "w", removed: true }),
      ]);
      assert.deepEqual(await one.shared("main"), [{ ...lab, uses: 1 }]);
      await two.update(second.instance.id, {}, deleted);
    }
  });
}
