import assert from "node:assert/strict";
import { test } from "node:test";
import { StoreError } from "../store/error.ts";
import { silentLog } from "../testing/silent-log.ts";
import { sparingLog } from "./sparing-log.ts";

function aLog() {
  let now = 0;
  const said: [message: string, untold: unknown][] = [];
  const error = (fields: object, message: string) =>
    void said.push([message, "untold" in fields ? fields.untold : undefined]);
  const log = sparingLog({ ...silentLog, error }, { monotonic: () => now });
  return { log, said, pass: (ms: number) => void (now += ms) };
}

test("storage that cannot be used is told of once in ten seconds, with how often it was left untold", () => {
  const { log, said, pass } = aLog();
  const full = () => log.error({ err: new StoreError("unavailable", "disk is full") }, "not now");
  for (let row = 0; row < 1_000; row++) full();
  pass(10_000);
  full();
  pass(10_000);
  full();
  assert.deepEqual(said, [
    ["not now", undefined],
    ["not now", 999],
    ["not now", undefined],
  ]);
});

test("everything else is told each time", () => {
  const { log, said } = aLog();
  for (const err of [new StoreError("lease_lost", "no"), new Error("no")])
    for (let again = 0; again < 2; again++) log.error({ err }, err.name);
  assert.equal(said.length, 4);
});
