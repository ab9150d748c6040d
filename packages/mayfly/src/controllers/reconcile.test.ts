import assert from "node:assert/strict";
import { test } from "node:test";
import { remove } from "../lifecycle/request.ts";
import type { Store } from "../store/store.ts";
import { aWorld } from "../testing/a-world.ts";
import { anInstance } from "../testing/builders.ts";

const MINUTE = 60_000;

test("a delete that comes while a create is taken over, which was cut off with its process, is carried out", async () => {
  const { clock, boot, store, row } = await aWorld();
  const now = clock.now();
  const { id, spec, ...rest } = anInstance({ account: "fake", phase: "provisioning", nextActionAt: now });
  const launch = { attempts: 1, attemptedAt: now, uncertain: true };
  await store.insert({ ...rest, id, spec: { ...spec, zone: "fake-1" }, launch });
  const withSomebody: Store = {
    ...store,
    async claim(...how) {
      const claimed = await store.claim(...how);
      await store.update(id, {}, (current) => {
        const answer = remove(current, clock.now());
        return typeof answer === "string" || answer.row === current ? undefined : { row: answer.row };
      });
      return claimed;
    },
  };
  await boot({ store: withSomebody });
  await clock.advance(5 * MINUTE);
  assert.equal((await row(id)).phase, "deleted");
});
