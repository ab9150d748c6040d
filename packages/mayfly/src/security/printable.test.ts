import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { plainJson } from "../api/plain-json.ts";
import { printable } from "../api/printable.ts";
import { shellWord } from "../api/shell-word.ts";
import { expectPlain } from "../testing/expect-plain.ts";
import { hostileTexts } from "../testing/hostile-texts.ts";

for (const [what, text] of Object.entries(hostileTexts)) {
  test(`a text that ${what} has nothing left that a terminal obeys, and nothing is added to it`, () => {
    expectPlain("it", printable(text));
    assert.equal([...printable(text)].length, [...text].length);
  });

  test(`in JSON, a text that ${what} is the same for programs and nothing for a terminal`, () => {
    const json = plainJson(JSON.stringify({ [text]: [text] }));
    expectPlain("it", json);
    assert.deepEqual(JSON.parse(json), JSON.parse(JSON.stringify({ [text]: [text] })));
  });

  test(`pasted into a shell, a text that ${what} is one word and does nothing`, () => {
    // No argument has a zero byte or half a character, and the kernel takes 128 KiB.
    const word = text.replaceAll("\0", "").toWellFormed();
    const { stdout } = spawnSync("sh", ["-c", `printf %s ${shellWord(word)}`], {
      encoding: "utf8",
      cwd: "/",
    });
    assert.equal(stdout, word);
  });
}

test("letters of every script, signs and figures stay as they are", () => {
  for (const text of ["naïve Überprüfung", "実験室", "лаборатория", "מעבדה", "🧪 −3 °C · € ½", "a b"])
    assert.equal(printable(text), text);
});
