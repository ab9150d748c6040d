import assert from "node:assert/strict";
import { test } from "node:test";
import { didYouMean, nearest } from "./nearest.ts";

test("the nearest names come first, whatever their case", () => {
  assert.deepEqual(nearest("dev1-x", ["GP1-S", "DEV1-XL", "DEV1-S"]).slice(0, 2), ["DEV1-S", "DEV1-XL"]);
});

test("nothing is suggested that could not have been meant", () => {
  assert.equal(didYouMean("windows", ["ubuntu_noble", "debian_bookworm"]), undefined);
});

test("a slip of the finger finds the word that was meant", () => {
  const words = ["lifetime", "maxLifetime", "name", "type"];
  assert.equal(nearest("lifetme", words)[0], "lifetime");
  assert.equal(nearest("nmae", words)[0], "name");
  assert.deepEqual(nearest("", words), []);
});
