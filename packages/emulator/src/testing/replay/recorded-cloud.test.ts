import assert from "node:assert/strict";
import { test } from "node:test";
import { createRandom } from "../../random.ts";
import type { Cassette } from "./cassette.ts";
import { covered } from "./covered.ts";
import { damage } from "./damage.ts";
import { readCassettes } from "./read-cassettes.ts";
import { recordedCloud } from "./recorded-cloud.ts";
import { replayCassette } from "./replay-cassette.ts";
import { selectCassettes } from "./select-cassettes.ts";
import { vectorsFolder } from "./vectors-folder.ts";

const folder = vectorsFolder();
const skip =
  folder === undefined && "no recordings: set MAYFLY_VECTORS to the folder that holds instance.jsonl.gz";

function recordings(): Cassette[] {
  const { files, since } = covered(folder!);
  return [...selectCassettes(files.flatMap(readCassettes), { since }).cassettes];
}

test("the recorded cloud itself passes, with all of its ids renewed", { skip }, async (t) => {
  const cloud = await recordedCloud(createRandom(1));
  t.after(cloud.close);
  let renewed = 0;
  for (const cassette of recordings()) {
    cloud.load(cassette);
    const { interactions } = await replayCassette(cassette, cloud, { maxPolls: 0 });
    const failed = interactions.find(({ verdict }) => verdict === "failed");
    assert.equal(failed, undefined, `${cassette.name}: ${JSON.stringify(failed)}`);
    renewed += cloud.renewed();
  }
  assert.ok(renewed > 100, `${renewed} ids renewed`);
});

test("of answers damaged at random, at least 95 % are noticed", { skip }, async (t) => {
  const random = createRandom(2);
  const cloud = await recordedCloud(random, (given) =>
    random.int(20) === 0 ? damage(given, random) : undefined,
  );
  t.after(cloud.close);
  let damaged = 0;
  let noticed = 0;
  for (const cassette of recordings()) {
    cloud.load(cassette);
    const { interactions } = await replayCassette(cassette, cloud, { maxPolls: 0 });
    const failed = new Set(interactions.filter(({ verdict }) => verdict === "failed").map(({ seq }) => seq));
    damaged += cloud.damaged().size;
    noticed += [...cloud.damaged()].filter((seq) => failed.has(seq)).length;
  }
  assert.ok(damaged > 100, `${damaged} answers were damaged`);
  assert.ok(noticed >= 0.95 * damaged, `${noticed} of ${damaged} were noticed`);
});
