import assert from "node:assert/strict";
import { test } from "node:test";
import { createInterceptor } from "./interceptor.ts";
import type { Fate } from "./interceptor.ts";

const turn = () => new Promise((resolve) => setImmediate(resolve));

async function afterACall(fate: Fate) {
  let effects = 0;
  let crashes = 0;
  const outcome: string[] = [];
  const interceptor = createInterceptor(() => (crashes += 1));
  const port = interceptor.wrap("port", { act: async () => (effects += 1) }, () => fate);
  void (async () => {
    try {
      await port.act();
      outcome.push("answered");
    } catch {
      outcome.push("threw");
    } finally {
      outcome.push("finally");
    }
  })();
  await turn();
  return { effects, crashes, outcome };
}

test("a crash before a call leaves no effect, and nothing of the dead process runs on", async () => {
  assert.deepEqual(await afterACall("crash-before"), { effects: 0, crashes: 1, outcome: [] });
});

test("a crash after a call leaves its effect, and nothing of the dead process runs on", async () => {
  assert.deepEqual(await afterACall("crash-after"), { effects: 1, crashes: 1, outcome: [] });
});

test("a lost answer leaves its effect and throws", async () => {
  const lost = await afterACall({ after: () => new Error("lost") });
  assert.deepEqual(lost, { effects: 1, crashes: 0, outcome: ["threw", "finally"] });
});

test("a call of a dead process has no effect and never settles", async () => {
  let effects = 0;
  const interceptor = createInterceptor(() => {});
  const port = interceptor.wrap("port", { act: async () => (effects += 1) });
  interceptor.crash();
  const late = await Promise.race([port.act().then(() => "settled"), turn().then(() => "never")]);
  assert.deepEqual([late, effects], ["never", 0]);
});
