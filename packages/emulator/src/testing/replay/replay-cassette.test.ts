import assert from "node:assert/strict";
import { test } from "node:test";
import { aCassette } from "./a-cassette.ts";
import { createAccepted } from "./accepted.ts";
import { answeringCloud } from "./answering-cloud.ts";
import type { Asked } from "./answering-cloud.ts";
import { replayCassette } from "./replay-cassette.ts";
import { differences, given, replayed, verdicts } from "./replayed.ts";

const ONE = "0a000000-0000-4000-8000-000000000001";
const OTHER = "0b000000-0000-4000-8000-000000000002";
const THIRD = "0c000000-0000-4000-8000-000000000003";

test("an answer as recorded passes", async () => {
  const answers = { server: { id: ONE, state: "running", tags: ["a"], volumes: { "0": { size: 1 } } } };
  assert.deepEqual(await differences({ answers }, given(answers)), []);
});

test("a missing key fails, and warns where real answers leave it out at times", async () => {
  const step = { answers: { server: { name: "lab", dns: "x" } } };
  const got = given({ server: { name: "lab" } });
  assert.deepEqual(await differences(step, got), ["fail server.dns missing key"]);
  const mayLack = (_: unknown, path: string) => path === "server.dns";
  assert.deepEqual(await differences(step, got, { mayLack }), ["warn server.dns missing key"]);
});

test("a key too many is a warning, which fails in strict mode", async () => {
  const cassette = aCassette({ answers: { name: "lab" } });
  const answer = () => given({ name: "lab", extra: 1 });
  assert.deepEqual(verdicts(await replayed(cassette, answer)), ["warned"]);
  assert.deepEqual(verdicts(await replayed(cassette, answer, { strict: true })), ["failed"]);
});

test("a value that clients decide by must be the recorded one", async () => {
  const step = { answers: { server: { volume_type: "sbs_volume", allowed_actions: ["poweron", "backup"] } } };
  const got = given({ server: { volume_type: "l_ssd", allowed_actions: ["poweron"] } });
  assert.deepEqual(await differences(step, got), [
    "fail server.volume_type value",
    "fail server.allowed_actions length",
    "fail server.allowed_actions value",
  ]);
});

test("booleans are compared, other numbers only by being numbers", async () => {
  const answers = { done: true, progress: 3, size: 10 };
  assert.deepEqual(await differences({ answers }, given({ done: false, progress: 4, size: 20 })), [
    "fail done value",
    "fail size value",
  ]);
  assert.deepEqual(await differences({ answers }, given({ ...answers, progress: "3" })), [
    "fail progress type",
  ]);
});

test("another status fails, and nothing else of that answer is looked at", async () => {
  const step = { answers: { name: "lab" } };
  assert.deepEqual(await differences(step, given({}, { status: 500 })), ["fail  status"]);
});

test("a missing X-Total-Count fails, one where none was recorded is a warning", async () => {
  const json = { "content-type": "application/json" };
  const counted = { headers: { ...json, "x-total-count": "1" }, answers: { ips: [] } };
  assert.deepEqual(await differences(counted, given({ ips: [] })), ["fail @x-total-count missing header"]);
  const answer = given({ ips: [] }, { headers: { ...json, "X-Total-Count": "1" } });
  assert.deepEqual(await differences({ answers: { ips: [] } }, answer), [
    "warn @x-total-count unexpected header",
  ]);
});

test("a content type that is not exactly application/json fails, with a charset too", async () => {
  const step = { answers: {} };
  for (const type of ["application/json; charset=utf-8", "text/plain"])
    assert.deepEqual(await differences(step, given({}, { headers: { "content-type": type } })), [
      "fail @content-type content type",
    ]);
  assert.deepEqual(await differences(step, given({}, { headers: {} })), ["fail @content-type content type"]);
});

test("an empty list fails where things were listed, a list of another length only outside of listings", async () => {
  const answers = { ips: [{ id: ONE }, { id: OTHER }] };
  const list = { operation: "listIps", answers };
  assert.deepEqual(await differences(list, given({ ips: [] })), ["fail ips empty list"]);
  assert.deepEqual(await differences(list, given({ ips: [{ id: ONE }] })), ["warn ips length"]);
  assert.deepEqual(await differences({ answers }, given({ ips: [{ id: ONE }] })), ["fail ips length"]);
});

test("what the client has sent must come back as it was sent", async () => {
  const step = { method: "POST", sends: { name: "lab" }, answers: { server: { name: "lab" } } };
  assert.deepEqual(await differences(step, given({ server: { name: "other" } })), [
    "fail server.name not as requested",
  ]);
});

test("what the cloud makes up must be of the same kind", async () => {
  const answers = { hostname: "10.1.2.3", at: "2026-08-01T00:00:00Z", note: "" };
  const got = given({ hostname: "ten", at: "2026-08-01T00:00:00+00:00", note: "new" });
  assert.deepEqual(await differences({ answers }, got), [
    "fail hostname kind",
    "warn at kind",
    "warn note kind",
  ]);
});

test("no answer at all fails", async () => {
  const cloud = await answeringCloud(() => given({}));
  await cloud.close();
  const report = await replayCassette(aCassette({ answers: {} }), cloud);
  assert.equal(report.interactions[0]?.differences[0]?.what, "no answer");
});

test("ids, addresses and links to ids are renamed in what is sent, and so understood in what is got", async () => {
  const cassette = aCassette(
    {
      method: "POST",
      path: "/servers",
      answers: { server: { id: ONE, ip: "51.15.0.1", href: `/servers/${OTHER}` } },
    },
    {
      method: "PUT",
      path: `/servers/${ONE}`,
      query: { volume: [OTHER] },
      sends: { address: "51.15.0.1" },
      answers: { server: { id: ONE, address: "51.15.0.1" } },
    },
  );
  const asked: Asked[] = [];
  const report = await replayed(cassette, (request) => {
    asked.push(request);
    return request.method === "POST"
      ? given({
          server: { id: THIRD, ip: "163.172.0.9", href: "/servers/0d000000-0000-4000-8000-000000000004" },
        })
      : given({ server: { id: THIRD, address: "163.172.0.9" } });
  });
  assert.deepEqual(verdicts(report), ["passed", "passed"]);
  assert.equal(asked[1]?.path, `/servers/${THIRD}`);
  assert.equal(asked[1]?.query.get("volume"), "0d000000-0000-4000-8000-000000000004");
  assert.equal(asked[1]?.text, `{"address":"163.172.0.9"}`);
});

test("items of a list are told apart by what they are, not by their order", async () => {
  const answers = {
    ips: [
      { id: ONE, family: "inet" },
      { id: OTHER, family: "inet6" },
    ],
  };
  const shuffled = given({
    ips: [
      { id: OTHER, family: "inet6" },
      { id: THIRD, family: "inet" },
    ],
  });
  assert.deepEqual(await differences({ answers }, shuffled), []);
});

test("after a create that failed nothing else is sent, and all of it counts as unreached", async () => {
  const cassette = aCassette(
    { method: "POST", status: 201, answers: { server: { id: ONE } } },
    { answers: {} },
    { status: 429, answers: "" },
  );
  let calls = 0;
  const report = await replayed(cassette, () => (calls++, given({}, { status: 404 })));
  assert.deepEqual(verdicts(report), ["failed", "unreached", "rate limited"]);
  assert.deepEqual([calls, report.abortedAt], [1, 0]);
});

test("an accepted difference fails nothing, and an entry that nothing needed is known", async () => {
  const entry = { operation: "instance.getServer", path: "dns", what: "missing key", why: "a test" };
  const elsewhere = { ...entry, cassette: "hand/other" };
  const onlyWarns = { ...entry, path: "more", what: "extra key" };
  const accepted = createAccepted([entry, elsewhere, onlyWarns]);
  const report = await replayed(aCassette({ answers: { dns: "" } }), () => given({ more: 1 }), { accepted });
  assert.deepEqual(verdicts(report), ["accepted"]);
  assert.deepEqual(accepted.unused(), [elsewhere, onlyWarns]);
});
