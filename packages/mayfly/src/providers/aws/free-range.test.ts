import assert from "node:assert/strict";
import { test } from "node:test";
import { freeRange } from "./free-range.ts";

test("the first range that touches none of those taken is free", () => {
  assert.equal(freeRange("172.31.0.0/16", ["172.31.0.0/20", "172.31.16.0/20"]), "172.31.32.0/24");
  assert.equal(freeRange("172.31.0.0/16", ["172.31.0.0/24", "172.31.2.0/24"]), "172.31.1.0/24");
  assert.equal(freeRange("10.0.0.0/24", []), "10.0.0.0/24");
  assert.equal(freeRange("10.0.0.0/24", ["10.0.0.128/28"]), undefined);
  assert.equal(freeRange("10.0.0.0/25", []), undefined);
});
