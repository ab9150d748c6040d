import assert from "node:assert/strict";
import { test } from "node:test";
import { backoffMs } from "./backoff.ts";

test("pauses double from two seconds up to a minute, and stay there however often it fails", () => {
  const pauses = [1, 2, 3, 4, 5, 6, 7, 10, 100, 10_000].map((failures) => backoffMs(failures, 0.5));
  assert.deepEqual(
    pauses,
    [2, 4, 8, 16, 32, 60, 60, 60, 60, 60].map((seconds) => seconds * 1_000),
  );
});

test("chance makes a pause a fifth shorter or longer at most", () => {
  assert.deepEqual([backoffMs(3, 0), backoffMs(3, 1)], [6_400, 9_600]);
});
