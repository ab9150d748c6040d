import assert from "node:assert/strict";
import { test } from "node:test";
import { costCells, costLine } from "./cost-lines.ts";
import { money } from "./money.ts";
import { progressBar } from "./progress.ts";
import type { CostView, InstanceView } from "../api/instance-view.ts";
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

test("money has its sign, and as many digits as tell something", () => {
  assert.deepEqual(
    [0, 40, 5_800, 999_999, 1_000_000, 12_345_678].map((micros) => money(micros, "USD")),
    ["$0.00", "$0.0000", "$0.0058", "$1.0000", "$1.00", "$12.35"],
  );
  assert.equal(money(13_156, "EUR"), "€0.0132");
});

const cost: CostView = {
  currency: "EUR",
  pricesOf: "2025-06",
  microsPerHour: 14_156,
  microsSoFar: 7_078,
  microsAtDeadline: 28_312,
};
const costing = (with_: Partial<InstanceView>) => ({ phase: "running", cost, ...with_ }) as InstanceView;

test("what an instance costs is a line of its own, and two cells of the table", () => {
  assert.equal(
    costLine(costing({})),
    "€0.0142/h, €0.0071 so far, €0.0283 at its deadline; prices that the cloud does not say are of 2025-06",
  );
  assert.match(costLine(costing({ retainUntil: at(1) })), /€0.0283 when it is deleted/);
  assert.deepEqual(costCells(costing({})), ["€0.0142", "€0.0071"]);
  const gone = costing({ phase: "deleted", cost: { ...cost, microsPerHour: 0, microsAtDeadline: 7_078 } });
  assert.equal(costLine(gone), "€0.0071 in all; prices that the cloud does not say are of 2025-06");
  assert.deepEqual(costCells(gone), ["-", "€0.0071"]);
});

test("a price that nobody knows is never shown as nothing", () => {
  assert.equal(costLine(costing({ cost: undefined })), "unknown");
  assert.deepEqual(costCells(costing({ cost: undefined })), ["-", "-"]);
  const diskless = costing({ cost: { ...cost, unpriced: ["volumes"] } });
  assert.match(costLine(diskless), /; without its volumes, whose price is unknown/);
  assert.deepEqual(costCells(diskless), ["€0.0142+", "€0.0071+"]);
  assert.deepEqual(costCells(costing({ cost: { ...cost, unpriced: ["machine"] } })), ["-", "-"]);
});
