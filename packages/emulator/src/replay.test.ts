import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { createAccepted } from "./testing/replay/accepted.ts";
import type { Accepted } from "./testing/replay/accepted.ts";
import type { CassetteReport } from "./testing/replay/cassette-report.ts";
import { covered } from "./testing/replay/covered.ts";
import { frequentDifferences } from "./testing/replay/frequent-differences.ts";
import { isClean } from "./testing/replay/is-clean.ts";
import { judgedEmulator } from "./testing/replay/judged-emulator.ts";
import { openRatchet } from "./testing/replay/ratchet.ts";
import { acceptedFile, readAccepted } from "./testing/replay/read-accepted.ts";
import { readCassettes } from "./testing/replay/read-cassettes.ts";
import { readShapes } from "./testing/replay/read-shapes.ts";
import { recordedProject } from "./testing/replay/recorded-project.ts";
import { replayAll } from "./testing/replay/replay-all.ts";
import { reportLines } from "./testing/replay/report-lines.ts";
import { selectCassettes } from "./testing/replay/select-cassettes.ts";
import { summarize } from "./testing/replay/summary.ts";
import type { Count } from "./testing/replay/summary.ts";
import { vectorsFolder } from "./testing/replay/vectors-folder.ts";

const LEAST_INTERACTIONS = 0.97;
const LEAST_CASSETTES = 0.9;
const TURN = "npm run emulator:replay -- --write-ratchet";

const folder = vectorsFolder();
const skip =
  folder === undefined &&
  "NOT JUDGED: no recordings; set MAYFLY_VECTORS to the folder that holds instance.jsonl.gz, or put it at ../shared/vectors";

describe("the emulator, asked what the real cloud was asked", { skip }, () => {
  let reports: CassetteReport[] = [];
  let accepted: Accepted;
  const ratchet = openRatchet().read();

  before(async () => {
    const { files, shapes, ...selection } = covered(folder!);
    const all = files.flatMap(readCassettes);
    accepted = createAccepted(readAccepted(acceptedFile));
    const { cassettes } = selectCassettes(all, selection);
    const judged = await judgedEmulator(recordedProject(cassettes));
    const options = { mayLack: readShapes(shapes), accepted };
    reports = await replayAll(cassettes, judged, options);
  });

  test("answers at least 97 % of the requests and 90 % of the cassettes as it did", (t) => {
    const { interactions, cassettes } = summarize(reports, 0);
    const told = `interactions ${share(interactions)}, cassettes ${share(cassettes)}`;
    t.diagnostic(told);
    assert.ok(interactions.total > 0, "nothing was compared");
    const enough =
      interactions.passed >= LEAST_INTERACTIONS * interactions.total &&
      cassettes.passed >= LEAST_CASSETTES * cassettes.total;
    assert.ok(enough, [told, ...frequentDifferences(reports)].join("\n"));
  });

  test("still passes each cassette that it once passed", () => {
    const broken = ratchet.flatMap((name) => {
      const report = reports.find(({ cassette }) => cassette === name);
      if (!report) return [`${name}: is not in the recordings`];
      return isClean(report) ? [] : [reportLines(report).slice(0, 3).join("\n")];
    });
    assert.equal(broken.join("\n"), "");
  });

  test("passes no cassette that the ratchet does not name", () => {
    const names = reports.filter(isClean).map(({ cassette }) => cassette);
    const fresh = names.filter((name) => !ratchet.includes(name));
    assert.deepEqual(fresh, [], `they pass now, so they must from here on: ${TURN}`);
  });

  test("needs every difference that is accepted", () => {
    assert.deepEqual(accepted.unused(), [], "delete them from accepted.json");
  });
});

function share({ total, passed }: Count): string {
  return `${passed} of ${total} (${((100 * passed) / total).toFixed(1)} %)`;
}
