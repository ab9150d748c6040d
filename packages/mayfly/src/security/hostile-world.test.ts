import assert from "node:assert/strict";
import { test } from "node:test";
import { createInstanceSchema } from "../api/create-instance.ts";
import { instanceView } from "../api/instance-view.ts";
import { limits } from "../api/limits.ts";
import { connectScaleway } from "../providers/scaleway/connect.ts";
import { startEmulatedWorld } from "../testing/emulated-world.ts";
import type { EmulatedWorld } from "../testing/emulated-world.ts";
import { hostileTexts } from "../testing/hostile-texts.ts";

const MINUTE = 60_000;
const YEAR = 365 * 86_400_000;

type Fetch = (request: Request) => Promise<Response>;

/** The whole core on a cloud whose answers somebody tampers with. */
const worldWhere = (tamper: (base: Fetch) => Fetch) =>
  startEmulatedWorld({
    connect: (how) => connectScaleway({ ...how, fetch: tamper(how.fetch) }).provider,
  });

const ask = async ({ commands }: EmulatedWorld) =>
  (await commands.create(createInstanceSchema.parse({ name: "lab", lifetime: "10m" }))).instance;
const untilIs = (world: EmulatedWorld, id: string, phase: string, boundMs: number) =>
  world.passUntil(phase, async () => (await world.store.get(id))?.phase === phase, boundMs);

/** The same answer, with its JSON rewritten as text. */
const rewriting =
  (path: RegExp, change: (text: string) => string) =>
  (base: Fetch): Fetch =>
  async (request) => {
    const answer = await base(request);
    if (!path.test(request.url) || !answer.ok) return answer;
    return new Response(change(await answer.text()), { status: answer.status, headers: answer.headers });
  };

test("a pause of a year that the cloud asks for does not put off a delete by more than minutes", async () => {
  let refusals = 0;
  const world = await worldWhere((base) => async (request) => {
    const ends = request.method === "DELETE" || request.url.endsWith("/action");
    if (!ends || (await world.store.find("lab"))?.desired !== "gone" || refusals > 2) return base(request);
    refusals += 1;
    return new Response(null, { status: 429, headers: { "Retry-After": String(YEAR / 1_000) } });
  });
  const { id } = await ask(world);
  await untilIs(world, id, "running", 5 * MINUTE);
  await world.commands.delete(id);
  await untilIs(world, id, "deleted", 60 * MINUTE);
  assert.ok(refusals > 0);
  await world.stop();
});

test("what is no address is nobody's address, however the cloud calls it", async () => {
  for (const text of [
    "-oProxyCommand=touch pwned",
    "$(touch pwned)",
    "evil.example",
    "1.2.3.4\\n5.6.7.8",
    "\\u001b[2J",
  ]) {
    const world = await worldWhere(
      rewriting(/\/servers/, (json) => json.replaceAll(/"address":\s*"[^"]+"/g, `"address":"${text}"`)),
    );
    const { id } = await ask(world);
    await untilIs(world, id, "running", 5 * MINUTE);
    assert.deepEqual((await world.commands.get(id)).ips, []);
    await world.stop();
  }
});

// Anybody in the cloud's project can write tags.
for (const instant of [
  "9999-12-31T23:59:59Z",
  "+275760-09-13T00:00:00Z",
  "-271821-04-20T00:00:00Z",
  "8640000000000000",
  "Infinity",
  "",
  "now",
  "2030-01-01",
  "\u001B[2J",
  "x".repeat(10_000),
])
  test(`a mark that promises a machine until "${instant.slice(0, 30)}" breaks nothing, and keeps it no longer than may be asked for`, async () => {
    const world = await startEmulatedWorld();
    const [instance, latest] = ["mf-00000000000z", world.clock.now() + limits.maxLifetimeMs + 30 * MINUTE];
    const tags = [`mayfly:owner=${await world.store.owner()}`, `mayfly:instance=${instance}`];
    await world.emulator.console.createServer({ tags: [...tags, `mayfly:expires=${instant}`] });
    const rows = async () => (await world.commands.list({ limit: 10, all: true })).instances;
    await world.passUntil("found", async () => (await rows()).length > 0, 30 * MINUTE);
    for (const row of await rows()) {
      assert.ok(instanceView(row, world.clock.now()).maxExpiresAt);
      assert.ok(row.expiresAt <= latest, `${row.expiresAt}`);
    }
    await world.stop();
  });

test("marks that name what is no instance are cleared away like any other stray", async () => {
  const world = await startEmulatedWorld();
  const owner = await world.store.owner();
  for (const text of Object.values(hostileTexts))
    await world.emulator.console.createServer({
      name: text.slice(0, 60) || "x",
      tags: [`mayfly:owner=${owner}`, `mayfly:instance=${text}`, `mayfly:expires=${text}`],
    });
  const left = () => world.emulator.leftovers().machines.length;
  assert.equal(left(), Object.keys(hostileTexts).length);
  await world.passUntil("gone", async () => left() === 0, 60 * MINUTE);
  await world.stop();
});

test("a stray whose date of birth is no date is cleared away too", async () => {
  const world = await worldWhere(
    rewriting(/\/servers/, (json) =>
      json.replaceAll(/"creation_date":\s*"[^"]*"/g, '"creation_date":"yesterday"'),
    ),
  );
  const tags = [`mayfly:owner=${await world.store.owner()}`, "mayfly:instance=mf-000000000000"];
  await world.emulator.console.createServer({ tags });
  await world.passUntil("gone", async () => world.emulator.leftovers().machines.length === 0, 60 * MINUTE);
  await world.stop();
});

test("a list that counts below nothing proves nothing: what is there stays, and is ended on time", async () => {
  let lying = false;
  const world = await worldWhere((base) => async (request) => {
    const answer = await base(request);
    if (!lying || request.method !== "GET" || !/\/(servers|volumes|ips)\?/.test(request.url)) return answer;
    const body = { servers: [], volumes: [], ips: [], total_count: -1 };
    const headers = {
      "content-type": "application/json",
      "x-total-count": "-1",
      date: answer.headers.get("date")!,
    };
    return new Response(JSON.stringify(body), { headers });
  });
  const { id } = await ask(world);
  await untilIs(world, id, "running", 5 * MINUTE);
  lying = true;
  await world.passFor(4 * MINUTE);
  assert.equal((await world.store.get(id))?.phase, "running");
  lying = false;
  await untilIs(world, id, "deleted", 60 * MINUTE);
  assert.deepEqual(world.emulator.leftovers().machines, []);
  await world.stop();
});
