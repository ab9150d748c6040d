import assert from "node:assert/strict";
import { test } from "node:test";
import { numbered } from "./numbered.ts";

test("a parameter is a number, the same one wherever its name stands", () => {
  assert.deepEqual(numbered("SELECT a FROM t WHERE b = :now OR c > :now + 5 AND d = :id"), {
    text: "SELECT a FROM t WHERE b = $1 OR c > $1 + 5 AND d = $2",
    names: ["now", "id"],
  });
});

test("a cast is no parameter", () => {
  assert.deepEqual(numbered("SELECT :a::text"), { text: "SELECT $1::text", names: ["a"] });
});
