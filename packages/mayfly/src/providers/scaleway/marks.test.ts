import assert from "node:assert/strict";
import { test } from "node:test";
import { markTags, readMarks } from "./marks.ts";

const MARKS = { owner: "own-1", instanceId: "mf-0123456789ab", expiresAt: Date.UTC(2030, 0, 1) + 999 };

test("marks are read as they were written, to the second", () => {
  assert.deepEqual(readMarks(markTags(MARKS, ["a", "a"])), { ...MARKS, expiresAt: Date.UTC(2030, 0, 1) });
});

test("what names two owners belongs to nobody", () => {
  assert.deepEqual(readMarks(["mayfly:owner=own-1", "mayfly:owner=own-2", "mayfly:instance=mf-1"]), {});
});

test("what is owned and marked with no instance says so", () => {
  const marks = { owner: "own-1", instanceId: undefined, expiresAt: undefined };
  assert.deepEqual(readMarks(["mayfly:owner=own-1", "mayfly:expires=soon"]), marks);
});
