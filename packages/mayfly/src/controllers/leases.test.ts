import assert from "node:assert/strict";
import { test } from "node:test";
import type { Store } from "../store/store.ts";
import { aWorld } from "../testing/a-world.ts";
import { silentLog } from "../testing/silent-log.ts";
import { createVirtualClock } from "../testing/virtual-clock.ts";
import { createLeases, LEASE_MS } from "./leases.ts";

const HOUR = 3_600_000;

/** What these ask of a store. */
function aHold(renew: Store["renew"]) {
  const clock = createVirtualClock();
  const store = { renew } as Store;
  return { clock, hold: createLeases({ store, clock, log: silentLog }, "mine").hold(clock.monotonic()) };
}

test("a lease that is renewed is held for as long as the work takes", async () => {
  const { clock, hold } = aHold(async () => {});
  await clock.advance(60_000);
  hold.expectHeld();
  hold.letGo();
});

test("a lease that cannot be renewed is not held to its very end", async () => {
  const { clock, hold } = aHold(() => Promise.reject(new Error("the disk is full")));
  await clock.advance(LEASE_MS - 1_000);
  hold.expectHeld();
  await clock.advance(600);
  assert.throws(() => hold.expectHeld(), { code: "lease_lost" });
  hold.letGo();
});

test("a renewal that comes after the lease has ended does not bring it back", async () => {
  let stuck = true;
  const { clock, hold } = aHold(() =>
    stuck ? Promise.reject(new Error("the disk is full")) : Promise.resolve(),
  );
  await clock.advance(LEASE_MS + 500);
  stuck = false;
  await clock.advance(10_000);
  assert.throws(() => hold.expectHeld(), { code: "lease_lost" });
  hold.letGo();
});

test("a worker that stood still for longer than its lease, after it wrote what it intends, makes nothing", async () => {
  const { clock, boot, store, cloud } = await aWorld();
  const frozen: Store = {
    ...store,
    renew: () => new Promise(() => {}),
    async update(id, guard, change) {
      const row = await store.update(id, guard, change);
      if (row.phase === "provisioning") await clock.sleep(LEASE_MS + 1_000);
      return row;
    },
  };
  const { create } = await boot({ store: frozen });
  await create({ lifetime: "10m" });
  await clock.advance(LEASE_MS + 2_000);
  assert.equal(cloud.machines.size, 0);
});

test("a row that is dropped for fear of another worker is worked on again, though the process stays busy", async () => {
  const { clock, boot, store, provider, row } = await aWorld();
  let isStuck = true;
  let isFirst = true;
  const networks: NonNullable<typeof provider.networks> = {
    ...provider.networks!,
    async ensure(wanted, by) {
      if (wanted.name === "slow") await clock.sleep(HOUR);
      else if (isFirst) {
        isFirst = false;
        await clock.sleep(2 * LEASE_MS);
      }
      by.fence?.();
      return provider.networks!.ensure(wanted, by);
    },
  };
  const { create } = await boot({
    store: {
      ...store,
      renew: (...how) => (isStuck ? Promise.reject(new Error("stuck")) : store.renew(...how)),
    },
    accounts: { fake: { ...provider, networks } },
  });
  // Whoever waits for the same network is told what the first one is told: that it held its row for too long.
  await create({ network: "lab", lifetime: "2h" });
  await clock.advance(LEASE_MS + 3_000);
  isStuck = false;
  await create({ network: "slow", lifetime: "2h", provisionTimeout: "2h" });
  const id = await create({ network: "lab", lifetime: "2h" });
  await clock.advance(60_000);
  assert.equal((await row(id)).phase, "running");
});
