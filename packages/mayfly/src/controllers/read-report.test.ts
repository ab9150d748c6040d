import assert from "node:assert/strict";
import { test } from "node:test";
import { readReport } from "./read-report.ts";

const report = (fields: object) => readReport(JSON.stringify({ version: 1, ...fields }));

test("an end without errors is ready, one with warnings says so, one with errors failed", () => {
  assert.deepEqual(report({ status: "done" }), { kind: "ready" });
  assert.deepEqual(report({ status: "degraded", log: "W: old key\n" }), {
    kind: "ready",
    note: "cloud-init ended with warnings",
    log: ["W: old key"],
  });
  assert.deepEqual(report({ status: "error", log: "one\ntwo\n" }), {
    kind: "failed",
    why: "cloud-init failed: it ended with errors",
    log: ["one", "two"],
  });
  assert.deepEqual(report({ status: "error" }), {
    kind: "failed",
    why: "cloud-init failed: it ended with errors",
    log: [],
  });
});

test("nothing is not ready yet", () => {
  for (const text of [undefined, ""])
    assert.deepEqual(readReport(text), { kind: "not-yet", why: "cloud-init has not reported yet" });
});

for (const [what, text] of Object.entries({
  "no JSON": "done",
  "half of a report": '{"version":1,"status":"do',
  "another version": '{"version":2,"status":"done"}',
  "no version": '{"status":"done"}',
  "another word": '{"version":1,"status":"fine"}',
  "a word in a list": '{"version":1,"status":["done"]}',
  "a list": '[{"version":1,"status":"done"}]',
  null: "null",
  "a prototype": '{"__proto__":{"version":1,"status":"done"}}',
  "too much": `${" ".repeat(70_000)}{"version":1,"status":"done"}`,
}))
  test(`${what} is neither ready nor failed, and nothing of it is repeated`, () =>
    assert.deepEqual(readReport(text), {
      kind: "not-yet",
      why: "what its guest reported of cloud-init cannot be read",
    }));

test("of a log its end is kept, in lines that no terminal obeys", () => {
  const heard = report({ status: "error", log: `${"x".repeat(9_000)}\n\u001B[2J\u202Egone\r\n\tin\u0007\n` });
  assert.ok(heard.kind === "failed");
  assert.deepEqual(heard.log.slice(1), ["␛[2J\uFFFDgone", "  in␇"]);
  assert.ok(heard.log.join("\n").length <= 4_200);
  const many = report({ status: "error", log: "\n".repeat(4_000) + "x\n".repeat(1_000) });
  assert.ok(many.kind === "failed" && many.log.length <= 100);
});

for (const log of [7, { toString: "no" }, ["a"], null, true])
  test(`a log that is ${JSON.stringify(log)} is none`, () =>
    assert.deepEqual(report({ status: "error", log }), {
      kind: "failed",
      why: "cloud-init failed: it ended with errors",
      log: [],
    }));
