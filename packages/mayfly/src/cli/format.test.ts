import assert from "node:assert/strict";
import { test } from "node:test";
import { progressBar } from "./progress.ts";
import { table } from "./table.ts";
import { timeLeft } from "./time-left.ts";
import { standing } from "./wait-for.ts";

const at = (ms: number) => new Date(ms).toISOString();

test("a table's columns are as wide as they must be, in colour or not", () => {
  const rows = [
    ["mf-1", { text: "running", style: "green" as const }, "x"],
    ["mf-22", "stopped", ""],
  ];
  const plain = table(["ID", "PHASE", "IP"], rows, (_style, text) => text);
  assert.equal(plain, "ID     PHASE    IP\nmf-1   running  x\nmf-22  stopped");
  const coloured = table(["ID", "PHASE", "IP"], rows, (style, text) =>
    style === "green" ? `<${text}>` : text,
  );
  assert.match(coloured, /mf-1 {3}<running> {2}x/);
});

test("what is left is counted to the deadline, or to the end of the retention", () => {
  const expiresAt = at(60_000);
  assert.equal(timeLeft({ phase: "running", expiresAt }, 0), "1m");
  assert.equal(timeLeft({ phase: "running", expiresAt }, 60_000), "due");
  assert.equal(timeLeft({ phase: "stopped", expiresAt, retainUntil: at(120_000) }, 60_000), "1m");
  assert.equal(timeLeft({ phase: "deleting", expiresAt }, 0), "ending");
  assert.equal(timeLeft({ phase: "deleted", expiresAt }, 0), "gone");
});

test("a progress bar stays within its width", () => {
  assert.deepEqual(
    [-1, 0.5, 2].map((done) => progressBar(done, 4)),
    ["░░░░", "██░░", "████"],
  );
});

test("waiting ends where it was to lead, or where it cannot lead there any more", () => {
  assert.equal(standing({ phase: "provisioning", desired: "running" }, "running"), "waiting");
  assert.equal(standing({ phase: "running", desired: "running" }, "running"), "reached");
  assert.equal(standing({ phase: "running", desired: "gone" }, "running"), "failed");
  assert.equal(standing({ phase: "deleted", desired: "gone" }, "stopped"), "failed");
  assert.equal(standing({ phase: "deleting", desired: "gone" }, "deleted"), "waiting");
  assert.equal(standing({ phase: "deleted", desired: "gone" }, "deleted"), "reached");
});
