import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

const root = join(import.meta.dirname, "../../..");
const sources = ["mayfly", "scaleway", "emulator"].flatMap((name) =>
  readdirSync(join(root, name, "src"), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts") && !/[.]test[.]ts$|contract[.]ts$|(^|\/)testing\//.test(file))
    .map((file) => ({ file: `${name}/${file}`, text: readFileSync(join(root, name, "src", file), "utf8") })),
);
const thatHave = (what: RegExp) =>
  sources.flatMap(({ file, text }) => (what.test(text) ? [file] : [])).sort();

test("one file starts programs, and none starts a shell", () => {
  assert.ok(sources.length > 200);
  assert.deepEqual(thatHave(/child_process/), ["mayfly/cli/start-in-background.ts"]);
  assert.deepEqual(thatHave(/\bshell\s*:/), []);
});

test("nothing makes a program of a text", () => {
  assert.deepEqual(thatHave(/\beval\(|new Function\(|node:vm|import\((?!")/), []);
});

test("what a person reads is written in one place, and in one more when the log cannot be", () => {
  const writers = thatHave(/process[.]std(out|err)[.]write|console[.]\w+\(|std(out|err)[.]write/);
  assert.deepEqual(writers, ["mayfly/cli/context.ts", "mayfly/open-log.ts"]);
});

test("no server listens anywhere but on the loopback interface and on a socket", () => {
  const listening = sources.filter(({ text }) => /[.]listen\(/.test(text) && text.includes("createServer("));
  assert.deepEqual(listening.map(({ file }) => file).sort(), [
    "emulator/http/listen.ts",
    "mayfly/http/listen.ts",
  ]);
  for (const { text } of listening) assert.doesNotMatch(text, /"0[.]0[.]0[.]0"|"::"/);
});
