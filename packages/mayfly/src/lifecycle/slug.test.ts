import assert from "node:assert/strict";
import { test } from "node:test";
import { slug } from "./slug.ts";

test("a name is made of any words, and looks like no id", () => {
  const made = {
    "lab-1": "lab-1",
    "Übung 3 / Gruppe A": "Ubung-3-Gruppe-A",
    "  -- ": "lab",
    漢字: "lab",
    "mf-000000000001": "lab-mf-000000000001",
    "i-1": "lab-i-1",
    "105bdce1-64c0-48ab-899d-868455867ecf": "lab-105bdce1-64c0-48ab-899d-868455867ecf",
    _x_: "x",
  };
  for (const [words, expected] of Object.entries(made)) assert.equal(slug(words), expected);
  assert.equal(slug("a".repeat(300)).length, 48);
});
