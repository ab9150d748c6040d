import assert from "node:assert/strict";
import { test } from "node:test";
import { readInstant } from "./read-instant.ts";

test("an instant has an offset, or is local", () => {
  assert.equal(readInstant("--until", "2026-01-31T18:00:00Z"), "2026-01-31T18:00:00.000Z");
  assert.equal(readInstant("--until", "2024-02-29T18:00:00.5+02:00"), "2024-02-29T16:00:00.500Z");
  assert.equal(readInstant("--until", "2026-01-31T18:00"), new Date(2026, 0, 31, 18).toISOString());
});

for (const text of [
  "2026-02-30T10:00:00Z",
  "2026-11-31T10:00",
  "2026-13-01T10:00Z",
  "2026-01-31T25:00Z",
  "2026-01-31",
  "18:00",
  "1",
  "tomorrow",
  "",
])
  test(`"${text}" is no instant, and is not taken for another one`, () => {
    const read = readInstant("--until", text);
    assert.equal(typeof read === "object" && read.message, `"${text}" is not an instant`);
  });
