import assert from "node:assert/strict";
import { test } from "node:test";
import { formatDuration, parseDuration } from "./duration.ts";

for (const [text, ms] of [
  ["90s", 90_000],
  ["30m", 1_800_000],
  ["2h", 7_200_000],
  ["1d", 86_400_000],
  ["1h30m", 5_400_000],
  ["0.5h", 1_800_000],
  ["0s", undefined],
  ["5", undefined],
  ["5 m", undefined],
  ["m", undefined],
  ["1w", undefined],
  ["99999999999999d", undefined],
] as const)
  test(`${text} is ${ms === undefined ? "no duration" : `${ms} ms`}`, () =>
    assert.equal(parseDuration(text), ms));

test("a duration is shown in its two largest units", () => {
  assert.equal(formatDuration(93_784_000), "1d 2h");
  assert.equal(formatDuration(59_999), "59s");
  assert.equal(formatDuration(-5), "0s");
});
