import assert from "node:assert/strict";
import { test } from "node:test";
import { nearest } from "./nearest.ts";

const candidates = ["lifetime", "maxLifetime", "name", "type"];

test("a slip of the finger finds the word that was meant", () => {
  assert.equal(nearest("lifetme", candidates), "lifetime");
  assert.equal(nearest("nmae", candidates), "name");
  assert.equal(nearest("LIFETIME", candidates), "lifetime");
});

test("what is like nothing finds nothing", () => {
  assert.equal(nearest("zone", ["image", "account"]), undefined);
  assert.equal(nearest("", candidates), undefined);
});
