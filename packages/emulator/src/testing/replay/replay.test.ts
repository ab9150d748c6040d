import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { gzipSync } from "node:zlib";
import { answeringCloud } from "./answering-cloud.ts";
import { replay } from "./replay.ts";
import type { Summary } from "./summary.ts";

const folder = mkdtempSync(join(tmpdir(), "mayfly-replay-"));
after(() => rmSync(folder, { recursive: true }));

const SERVERS = "/instance/v1/zones/fr-par-1/servers";
const heading = { cassette: "hand/instance/list", n: 1, date: "Sat, 01 Aug 2026 00:00:00 GMT" };
const listing = {
  seq: 0,
  service: "instance",
  op: "listServers",
  method: "GET",
  path: SERVERS,
  tmpl: SERVERS,
  status: 200,
  response_headers: { "content-type": "application/json", "x-total-count": "0" },
  response_body: { servers: [] },
};

/** Writes vectors, one value a line. */
function vectors(...lines: unknown[]): string {
  const file = join(folder, "vectors.jsonl.gz");
  writeFileSync(file, gzipSync(lines.map((line) => `${JSON.stringify(line)}\n`).join("")));
  return file;
}

async function run(...argv: string[]): Promise<{ code: number; out: string; err: string; summary: Summary }> {
  const out: string[] = [];
  const err: string[] = [];
  const code = await replay(argv, { log: (line) => out.push(line), error: (line) => err.push(line) });
  const last = out.at(-1) ?? "{}";
  return { code, out: out.join("\n"), err: err.join("\n"), summary: JSON.parse(last) as Summary };
}

test("the emulator answers a hand-written cassette, and the last line counts it", async () => {
  const { code, out, summary } = await run(vectors(heading, listing), "--service", "instance");
  const one = { total: 1, passed: 1 };
  assert.equal(code, 0, out);
  assert.deepEqual(summary, {
    interactions: one,
    cassettes: one,
    services: { instance: { interactions: one, cassettes: one } },
    skipped: { cassettes: 0, interactions: 0 },
  });
});

test("a difference is told with its operation, its place, and both values", async () => {
  const wrong = { ...listing, response_body: { servers: [], size: 1 }, status: 201 };
  const { code, out, summary } = await run(vectors(heading, { ...wrong, status: 200 }, wrong));
  assert.equal(code, 1);
  assert.match(out, /FAIL hand\/instance\/list: 2 failed/);
  assert.match(out, /instance\.listServers \(GET .*\n +fail size missing key/);
  assert.match(out, /fail answer status: recorded 201, got "200 /);
  assert.match(out, /most frequent differences:\n +1 fail instance\.listServers/);
  assert.deepEqual(summary.cassettes, { total: 1, passed: 0 });
});

test("shared bodies are read where lines refer to them", async () => {
  const { response_body: body, ...referring } = listing;
  const line = { ...referring, response_ref: "b1" };
  assert.equal((await run(vectors({ blob: "b1", body }, heading, line))).code, 0);
  const { code, err } = await run(vectors(heading, line));
  assert.deepEqual([code, /vectors\.jsonl\.gz:2: refers to the body b1/.test(err)], [2, true]);
});

test("a corpus that compares nothing is red", async () => {
  const limited = { ...listing, status: 429 };
  for (const lines of [[], [heading], [heading, limited], [heading, { ...listing, lost: true }]]) {
    const { code, err, summary } = await run(vectors(...lines));
    assert.deepEqual([code, summary.interactions.total], [1, 0]);
    assert.match(err, /nothing was compared/);
  }
  const { code, summary } = await run(vectors(heading, listing), "--service", "block");
  assert.deepEqual([code, summary.skipped.cassettes], [1, 1]);
  for (const selection of [
    ["--since", "2026-08-02"],
    ["--only", "tf/"],
    ["--skip", "hand"],
  ])
    assert.equal((await run(vectors(heading, listing), ...selection)).code, 1);
});

test("wrong options and unreadable files are told, not replayed", async () => {
  const file = vectors(heading, listing);
  const broken = join(folder, "broken.jsonl");
  writeFileSync(broken, "{\n");
  const misuses: [argv: string[], told: RegExp][] = [
    [[], /no files[^]*usage/],
    [[file, "--sinse", "2026"], /sinse/],
    [[file, "--since", "soon"], /--since soon: not a date/],
    [[file, "--service", ""], /--service needs a value/],
    [[file, "--only", "("], /--only \(/],
    [[file, "--reset", "/reset"], /--reset needs --base/],
    [[file, "--base", "nowhere"], /--base nowhere/],
    [[file, "--base", "http://127.0.0.1:9", "--write-ratchet"], /--write-ratchet/],
    [[file, "--shapes", broken], /broken\.jsonl: not JSON/],
    [[broken], /broken\.jsonl:1: not JSON/],
    [[join(folder, "absent.jsonl.gz")], /absent\.jsonl\.gz: ENOENT/],
  ];
  for (const [argv, told] of misuses) {
    const { code, out, err } = await run(...argv);
    assert.deepEqual([code, out], [2, ""], argv.join(" "));
    assert.match(err, told);
  }
});

test("something that runs elsewhere is judged, and all verdicts are written to a file", async () => {
  const asked: string[] = [];
  const cloud = await answeringCloud(({ method, path }) => {
    asked.push(`${method} ${path}`);
    const headers = { "content-type": "application/json", "x-total-count": "0" };
    return {
      status: 200,
      headers,
      text: `{"servers":[],"state":"${asked.length < 4 ? "starting" : "running"}"}`,
    };
  });
  const json = join(folder, "verdicts.json");
  const cassette = vectors(heading, { ...listing, response_body: { servers: [], state: "running" } });
  const elsewhere = ["--base", cloud.url, "--reset", "/reset", "--advance", "/advance"];
  const { code } = await run(cassette, ...elsewhere, "--json", json).finally(cloud.close);
  assert.equal(code, 0);
  assert.deepEqual(asked, ["POST /reset", `GET ${SERVERS}`, "POST /advance", `GET ${SERVERS}`]);
  const written = JSON.parse(readFileSync(json, "utf8")) as { cassettes: { polls: number }[] };
  assert.equal(written.cassettes[0]?.polls, 1);
});
