import assert from "node:assert/strict";
import { test } from "node:test";
import { aCloud, IPS, SERVERS, VOLUMES } from "./testing/a-cloud.ts";

test("a fault strikes its operation so often, after so many calls", async () => {
  const { call, emulator } = aCloud();
  emulator.faults.add({
    match: { operation: "listServers", afterCalls: 1 },
    times: 2,
    effect: { kind: "status", status: 503, body: { message: "down" } },
  });
  const statuses: number[] = [];
  for (let i = 0; i < 4; i++) statuses.push((await call("GET", SERVERS)).status);
  assert.deepEqual(statuses, [200, 503, 503, 200]);
  assert.equal((await call("GET", IPS)).status, 200);
});

test("faults match by method and path, until cleared", async () => {
  const { call, emulator } = aCloud();
  emulator.faults.add({ match: { method: "GET", path: /servers$/ }, effect: { kind: "rateLimited" } });
  emulator.faults.add({ match: { path: "/ips" }, effect: { kind: "status", status: 500 } });
  assert.equal((await call("GET", SERVERS)).status, 429);
  assert.equal((await call("GET", IPS)).status, 500);
  emulator.faults.clear();
  assert.equal((await call("GET", SERVERS)).status, 200);
});

test("a cut before does nothing, a cut after has done it", async () => {
  const { call, emulator } = aCloud();
  emulator.faults.add({ match: { operation: "createIp" }, times: 1, effect: { kind: "cutBefore" } });
  emulator.faults.add({
    match: { operation: "createIp", afterCalls: 1 },
    times: 1,
    effect: { kind: "cutAfter" },
  });
  await assert.rejects(call("POST", IPS, {}), new TypeError("fetch failed"));
  assert.equal(emulator.leftovers().addresses.length, 0);
  await assert.rejects(call("POST", IPS, {}), new TypeError("fetch failed"));
  assert.equal(emulator.leftovers().addresses.length, 1);
});

test("lists lag behind, reads do not", async () => {
  const { call, aServer, pass, emulator } = aCloud();
  emulator.faults.listLagMs = 5000;
  const count = async (path = SERVERS): Promise<string | null> =>
    (await call("GET", path)).headers.get("X-Total-Count");
  const server = await aServer();
  assert.equal(await count(), "0");
  assert.equal((await call("GET", server.path)).status, 200);
  assert.equal((await call("GET", VOLUMES)).json.total_count, 0);
  pass(5);
  assert.equal(await count(), "1");
  await call("DELETE", server.path);
  assert.equal(await count(), "1");
  pass(5);
  assert.equal(await count(), "0");
});

test("a missed page keeps the count and loses the items", async () => {
  const { call, aServer, emulator } = aCloud();
  await aServer();
  emulator.faults.add({ match: { operation: "listServers" }, times: 1, effect: { kind: "missPage" } });
  emulator.faults.add({ match: { operation: "listVolumes" }, times: 1, effect: { kind: "missPage" } });
  const missed = await call("GET", SERVERS);
  assert.deepEqual([missed.headers.get("X-Total-Count"), missed.json.servers], ["1", []]);
  assert.deepEqual((await call("GET", VOLUMES)).json, { volumes: [], total_count: 1 });
  assert.equal((await call("GET", SERVERS)).json.servers.length, 1);
});

test("latency waits, and an abort ends the waiting", async () => {
  const waits: number[] = [];
  const { call, emulator } = aCloud({ sleep: async (ms) => void waits.push(ms) });
  emulator.faults.add({ match: {}, effect: { kind: "latency", ms: 750 } });
  await call("GET", SERVERS);
  assert.deepEqual(waits, [750]);

  const slow = aCloud().emulator;
  slow.faults.add({ match: {}, effect: { kind: "latency", ms: 60_000 } });
  const stop = new AbortController();
  const pending = slow.fetch(`http://cloud.test${SERVERS}`, { signal: stop.signal });
  setImmediate(() => stop.abort(new Error("enough")));
  await assert.rejects(pending, /enough/);
});

test("calls are counted by operation, unknown routes too", async () => {
  const { call, emulator } = aCloud();
  await call("GET", SERVERS);
  await call("GET", `${SERVERS}/x`);
  const unknown = await call("GET", "/nowhere");
  assert.equal(unknown.status, 404);
  assert.ok(unknown.json.message);
  assert.deepEqual(emulator.calls(), { total: 3, byOperation: { listServers: 1, getServer: 1, unknown: 1 } });
  emulator.resetCalls();
  assert.equal(emulator.calls().total, 0);
});
