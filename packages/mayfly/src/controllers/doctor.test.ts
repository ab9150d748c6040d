import assert from "node:assert/strict";
import { test } from "node:test";
import { StoreError } from "../store/error.ts";
import { createMemoryStore } from "../store/memory.ts";
import type { Store } from "../store/store.ts";
import { seededRandom } from "../testing/seeded-random.ts";
import { createVirtualClock } from "../testing/virtual-clock.ts";
import { createDoctor } from "./doctor.ts";
import type { Ports } from "./ports.ts";

const MINUTE = 60_000;
const SELF = "here 1";

/** What the doctor of one of two processes says, which swept ten minutes ago. */
async function aChecked({ over = {}, holder }: { over?: Partial<Store>; holder?: string }) {
  const clock = createVirtualClock();
  const kept = createMemoryStore({ random: seededRandom(1), clock });
  await clock.advance(20 * MINUTE);
  const now = clock.now();
  if (holder !== undefined)
    await kept.takeDuty("watch/lab", { token: `${holder} x7`, now, until: now + 5_000 });
  const ports = {
    store: { ...kept, ...over },
    clock,
    time: { skewMs: () => 0 },
    together: { as: SELF },
  } as unknown as Ports;
  const controllers = {
    lastSweep: () => ({ at: now - 10 * MINUTE, suspects: 0, found: 0 }),
    reaped: () => 0,
  };
  const account = {
    name: "lab",
    provider: { name: "fake" },
    defaultZone: "fake-1",
    endpoint: "https://cloud.example",
    fingerprint: "f",
    calls: () => ({}),
    silence: () => undefined,
  };
  const facts = { version: "1", home: "/home", pid: 1, accounts: [account] };
  const { checks } = await createDoctor(ports, controllers as never, facts as never)();
  return (name: string) => checks.find((check) => check.name === name)!;
}

test("who swept before another process took that over is not late", async () => {
  const check = await aChecked({ holder: "there 2" });
  assert.deepEqual(check("sweep of lab"), { name: "sweep of lab", ok: true, message: "done by there 2" });
});

test("who is to sweep and has not for long is late, and so are all when nobody is to", async () => {
  const late = (await aChecked({ holder: SELF }))("sweep of lab");
  assert.deepEqual([late.ok, late.message.slice(0, 7)], [false, "last at"]);
  const nobody = (await aChecked({}))("sweep of lab");
  assert.deepEqual([nobody.ok, nobody.message], [false, "no process does it"]);
});

test("where a database has the rows, one that cannot be written is looked for there", async () => {
  const setSuspects = () => Promise.reject(new StoreError("unavailable", "it is read-only"));
  const check = (await aChecked({ over: { setSuspects } }))("store");
  assert.equal(check.ok, false);
  assert.match(check.suggestion ?? "", /primary/);
  assert.doesNotMatch(check.suggestion ?? "", /mayfly[.]db/);
});
