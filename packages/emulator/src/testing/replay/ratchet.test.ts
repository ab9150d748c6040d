import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import type { CassetteReport, Verdict } from "./cassette-report.ts";
import { openRatchet } from "./ratchet.ts";

function aReport(cassette: string, ...verdicts: Verdict[]): CassetteReport {
  const interactions = verdicts.map((verdict, seq) => ({
    seq,
    verdict,
    service: "instance",
    operation: "instance.getServer",
    method: "GET",
    path: "/servers/one",
    differences: [],
  }));
  return { cassette, home: "instance", interactions, polls: 0, abortedAt: undefined };
}

test("the ratchet names what passes, drops what does not, and keeps what was not replayed", () => {
  const folder = mkdtempSync(join(tmpdir(), "mayfly-ratchet-"));
  const file = join(folder, "ratchet.json");
  writeFileSync(file, JSON.stringify(["broken", "not replayed", "still good"]));
  const ratchet = openRatchet(file);
  const reports = [
    aReport("broken", "passed", "failed", "unreached"),
    aReport("still good", "passed", "warned", "passed over"),
    aReport("fresh", "accepted"),
  ];
  assert.equal(ratchet.write(reports), 3);
  assert.deepEqual(ratchet.read(), ["fresh", "not replayed", "still good"]);
  rmSync(folder, { recursive: true });
});
