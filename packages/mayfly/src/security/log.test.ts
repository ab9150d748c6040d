import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { openLog } from "../open-log.ts";
import { ProviderError } from "../providers/error.ts";
import { expectPlain } from "../testing/expect-plain.ts";
import { hostileTexts } from "../testing/hostile-texts.ts";

const folder = mkdtempSync(join(tmpdir(), "mayfly-log-"));
after(() => rmSync(folder, { recursive: true }));

for (const [what, text] of Object.entries(hostileTexts))
  test(`a text that ${what} is one plain line of the log, and the same when it is read`, () => {
    const file = join(folder, what);
    const err = new ProviderError("unavailable", text, { cause: new Error(text) });
    openLog({ logDestination: file }).error({ instance: text, [text]: text, err }, text);
    const lines = readFileSync(file, "utf8").split("\n");
    assert.equal(lines.length, 2);
    expectPlain("the log", lines[0]!);
    const { msg, instance } = JSON.parse(lines[0]!) as Record<string, string>;
    assert.deepEqual([msg, instance], [text, text]);
    assert.equal(statSync(file).mode & 0o777, 0o600);
  });
