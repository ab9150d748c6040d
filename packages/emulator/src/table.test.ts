import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { createTable } from "./table.ts";
import type { Index, Row } from "./table.ts";

const byZone: Index<Row> = (row) => [row.zone];
const byTag: Index<Row> = (row) => row.tags;

test("an index always has what a look at all rows would find, in their order", () => {
  const change = fc.record({
    id: fc.integer({ min: 0, max: 9 }).map(String),
    zone: fc.constantFrom("a", "b"),
    tags: fc.uniqueArray(fc.constantFrom("x", "y", "z")),
    remove: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(change, { maxLength: 40 }), (changes) => {
      const table = createTable();
      table.by(byZone, "a");
      changes.forEach(({ id, zone, tags, remove }, at) => {
        if (remove) table.remove(id, at);
        else table.put({ id, zone, tags, name: `${id}@${at}`, createdAt: at }, at);
        if (at === 20) table.by(byTag, "x");
      });
      for (const zone of ["a", "b", "c"])
        assert.deepEqual(
          table.by(byZone, zone),
          table.all().filter((row) => row.zone === zone),
        );
      for (const tag of ["x", "y", "z"])
        assert.deepEqual(
          table.by(byTag, tag),
          table.all().filter((row) => row.tags.includes(tag)),
        );
    }),
  );
});

test("a table is told on, change by change", () => {
  const told: unknown[] = [];
  const table = createTable((before, after, at) => told.push([before?.name, after?.name, at]));
  const row = { id: "1", zone: "", tags: [], createdAt: 0 };
  table.put({ ...row, name: "one" }, 1);
  table.put({ ...row, name: "two" }, 2);
  table.remove("1", 3);
  table.remove("1", 4);
  assert.deepEqual(told, [
    [undefined, "one", 1],
    ["one", "two", 2],
    ["two", undefined, 3],
  ]);
});
