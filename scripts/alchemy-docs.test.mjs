import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { pages } from "./alchemy-docs.mjs";
import { root } from "./root.mjs";

const folder = join(root, "docs", "reference", "alchemy");

test("the reference of the Alchemy resources says what their doc comments say", () => {
  const written = pages();
  assert.deepEqual(
    readdirSync(folder).sort(),
    [...written.keys()].sort(),
    "run node scripts/alchemy-docs.mjs",
  );
  for (const [file, text] of written)
    assert.equal(
      readFileSync(join(folder, file), "utf8"),
      text,
      `${file}: run node scripts/alchemy-docs.mjs`,
    );
});

test("every prop and every attribute of an Alchemy resource is in the reference", () => {
  const written = pages();
  assert.ok(written.size >= 15);
  for (const [file, text] of written) {
    if (file === "README.md") continue;
    assert.match(text, /## Props\n\n\| prop .*\n.*\n(\| `\w+` .*\n)+/, file);
    assert.match(text, /## Attributes\n\n\| attribute .*\n.*\n(\| `\w+` .*\n){2,}/, file);
  }
});
