import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { test } from "node:test";
import { migrations } from "./migrations/migrations.ts";
import { sql } from "./sql.ts";

const database = new DatabaseSync(":memory:");
for (const step of migrations) database.exec(step.sql);

const planOf = (text: string) =>
  database
    .prepare(`EXPLAIN QUERY PLAN ${text}`)
    .all()
    .map((row) => String(row["detail"]));

test("no statement walks a table, or sorts what an index could hold in order", () => {
  // As many as there are leases, walked in the index.
  const leases = "SCAN instances USING COVERING INDEX instances_held";
  for (const [name, text] of Object.entries(sql)) {
    if (text.startsWith("INSERT")) continue;
    for (const step of planOf(text)) {
      const walks = step.startsWith("SCAN") && step !== leases && step !== "SCAN CONSTANT ROW";
      assert.equal(walks, false, `${name}: ${step}`);
      if (name !== "byMachine") assert.doesNotMatch(step, /TEMP B-TREE/, name);
    }
  }
});

test("the questions of the scheduler are answered from an index alone", () => {
  for (const name of ["due", "nextUnheld"] as const)
    assert.match(planOf(sql[name]).join(), /COVERING INDEX instances_due/);
  assert.match(planOf(sql.nextHeld).join(), /COVERING INDEX instances_held/);
});

test("each of the others has its index", () => {
  const index = {
    list: "instances_live_youngest",
    listAll: "instances_youngest",
    watched: "instances_watched",
    provisioning: "instances_provisioning",
    byMachine: "instances_machine",
    byLiveName: "instances_live_name",
    byDeletedName: "instances_deleted_name",
    renew: "instances_held",
    eventsOf: "events_instance",
  } as const;
  for (const [name, expected] of Object.entries(index))
    assert.match(
      planOf(sql[name as keyof typeof index]).join("\n"),
      new RegExp(`SEARCH.*INDEX ${expected} \\(`),
      name,
    );
});
