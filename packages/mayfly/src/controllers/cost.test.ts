import assert from "node:assert/strict";
import { test } from "node:test";
import { createInstanceSchema } from "../api/create-instance.ts";
import { costOf } from "../lifecycle/cost-of.ts";
import { connectScaleway } from "../providers/scaleway/connect.ts";
import type { Provider } from "../providers/provider.ts";
import { aWorld } from "../testing/a-world.ts";
import { startEmulatedWorld } from "../testing/emulated-world.ts";
import type { EmulatedWorld } from "../testing/emulated-world.ts";

const MINUTE = 60_000;

const asked = (wanted: object = {}) => createInstanceSchema.parse({ name: "lab", lifetime: "4h", ...wanted });

const phase = (world: EmulatedWorld, wanted: string, boundMs = 10 * MINUTE) =>
  world.passUntil(wanted, async () => (await world.commands.get("lab")).phase === wanted, boundMs);

const priced = (price: Provider["price"]) => (how: Parameters<typeof connectScaleway>[0]) => ({
  ...connectScaleway(how).provider,
  price,
});

test("over a stop and a start, and to its end, an instance says what the cloud bills", async () => {
  const world = await startEmulatedWorld();
  const figures = async () => costOf(await world.commands.get("lab"), world.clock.now())!;
  /** Of the whole rate, in seconds. */
  async function expectBilled(withinS: number): Promise<void> {
    const { soFar } = await figures();
    const off = soFar - world.emulator.bill().euros * 1e6;
    assert.ok(Math.abs(off) < (14_156 * withinS) / 3_600, `${off} millionths of a euro are wrong`);
  }
  const { id } = (await world.commands.create(asked({ lifetime: "1h" }))).instance;
  await phase(world, "running");
  assert.equal((await figures()).perHour, 8_976 + 4_000 + 1_180);
  await world.passFor(10 * MINUTE);
  await expectBilled(5);
  assert.ok(Math.abs((await figures()).atDeadline - 14_156) < 100);

  await world.commands.stop("lab");
  await phase(world, "stopped");
  assert.equal((await figures()).perHour, 1_180);
  await world.passFor(20 * MINUTE);
  await expectBilled(10);
  await world.commands.start("lab");
  await phase(world, "running");
  await world.passFor(10 * MINUTE);
  await expectBilled(15);

  await world.commands.delete("lab");
  const row = async () => (await world.store.get(id))!;
  await world.passUntil("deleted", async () => (await row()).phase === "deleted", 10 * MINUTE);
  const last = costOf(await row(), world.clock.now())!;
  const off = last.soFar - world.emulator.bill().euros * 1e6;
  assert.ok(Math.abs(off) < (14_156 * 20) / 3_600, `${off} millionths of a euro are wrong`);
  await world.passFor(5 * MINUTE);
  assert.deepEqual(costOf(await row(), world.clock.now()), last);
  await world.stop();
});

test("the volumes of an instance are priced by their sizes, and no address costs nothing", async () => {
  const world = await startEmulatedWorld();
  await world.commands.create(
    asked({ rootVolumeGb: 20, volumes: [{ name: "data", sizeGb: 30 }], ipv4: false }),
  );
  await phase(world, "running");
  const { price } = (await world.commands.get("lab")).cost!;
  assert.deepEqual(JSON.parse(JSON.stringify(price)), {
    currency: "EUR",
    machine: 8_976,
    addresses: 0,
    volumes: 50 * 118,
  });
  await world.stop();
});

test("a price that cannot be found out, or never comes, costs an instance nothing but its price", async () => {
  const troubles: Provider["price"][] = [
    undefined,
    () => Promise.reject(new Error("no price list today")),
    () => new Promise(() => {}),
  ];
  let unaskedMs: number | undefined;
  for (const price of troubles) {
    const troubled = await startEmulatedWorld({ connect: priced(price) });
    await troubled.commands.create(asked());
    const tookMs = await phase(troubled, "running");
    assert.equal(tookMs, (unaskedMs ??= tookMs));
    const row = await troubled.commands.get("lab");
    assert.equal(costOf(row, troubled.clock.now()), undefined);
    assert.equal(row.lastError, undefined);
    await troubled.stop();
  }
});

test("a price is taken once; a late one still gets into the row, and counts from the start", async () => {
  let answer: (machine: number) => void = () => {};
  let calls = 0;
  const late = () => {
    calls += 1;
    return new Promise<{ currency: "EUR"; machine: number }>((resolve) => {
      answer = (machine) => resolve({ currency: "EUR", machine });
    });
  };
  const world = await startEmulatedWorld({ connect: priced(late) });
  await world.commands.create(asked());
  await phase(world, "running");
  await world.passFor(10 * MINUTE);
  answer(360_000);
  await world.passFor(1_000);
  const { soFar } = costOf(await world.commands.get("lab"), world.clock.now())!;
  assert.ok(soFar > 60_000 && soFar < 62_000, String(soFar));
  await world.commands.stop("lab");
  await phase(world, "stopped");
  await world.commands.start("lab");
  await phase(world, "running");
  assert.equal(calls, 1);
  await world.stop();
});

test("what an instance costs is known also when its create was cut off before anybody had written that", async () => {
  const { clock, store, provider, boot, row } = await aWorld();
  const cutOff: Provider = {
    ...provider,
    async create(request) {
      await provider.create({ ...request, made: async () => {} });
      return new Promise(() => {});
    },
  };
  const deaf = { ...store, renew: () => new Promise<never>(() => {}) };
  const id = await (await boot({ accounts: { fake: cutOff }, store: deaf })).create({ lifetime: "2h" });
  await clock.advance(1_000);
  assert.equal((await row(id)).cost?.price, undefined);
  await boot();
  await clock.advance(MINUTE);
  assert.equal((await row(id)).phase, "running");
  assert.equal((await row(id)).launch?.attempts, 1);
  assert.ok(costOf(await row(id), clock.now()));
});
