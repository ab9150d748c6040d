import assert from "node:assert/strict";
import { test } from "node:test";
import { aCloud, IPS, VOLUMES } from "./testing/a-cloud.ts";

const FAULTS = "/_emulator/faults";

test("there are no controls unless they are asked for", async () => {
  const { call } = aCloud();
  assert.equal((await call("POST", "/_emulator/reset")).status, 404);
  assert.equal((await aCloud({ control: true }).call("POST", "/_emulator/reset")).status, 204);
});

test("an unknown control is told what there is", async () => {
  const reply = await aCloud({ control: true }).call("GET", "/_emulator/nothing");
  assert.equal(reply.status, 404);
  assert.ok(reply.json.controls.includes("POST /_emulator/advance"));
});

test("a clock put forward lets happen what falls due, and a reset takes it back", async () => {
  const { call, aServer, act, stateOf, emulator } = aCloud({ control: true });
  const server = await aServer();
  await act(server, "poweron");
  assert.equal((await call("POST", "/_emulator/advance", { seconds: 20 })).status, 204);
  assert.equal(await stateOf(server), "running");
  const { volumes } = emulator.leftovers();
  assert.equal((await call("GET", `${VOLUMES}/${volumes[0]?.id}`)).json.status, "in_use");
  const date = async (): Promise<number> => Date.parse((await call("GET", IPS)).headers.get("Date") ?? "");
  const ahead = await date();
  await call("POST", "/_emulator/reset");
  assert.equal(ahead - (await date()), 20_000);
});

test("a clock is not put back, nor out of bounds", async () => {
  const { call } = aCloud({ control: true });
  for (const seconds of [-1, 1e12, "20", null, Number.NaN])
    assert.equal((await call("POST", "/_emulator/advance", { seconds })).status, 400);
  assert.equal((await call("POST", "/_emulator/advance", "{")).status, 400);
});

test("a fault by control strikes, lags lists, and ends", async () => {
  const { call } = aCloud({ control: true });
  await call("POST", FAULTS, {
    match: { operation: "listIps", afterCalls: 1 },
    times: 1,
    effect: { kind: "status", status: 503 },
  });
  const statuses: number[] = [];
  for (let i = 0; i < 3; i++) statuses.push((await call("GET", IPS)).status);
  assert.deepEqual(statuses, [200, 503, 200]);

  await call("POST", FAULTS, { listLagMs: 5_000 });
  await call("POST", IPS, {});
  assert.equal((await call("GET", IPS)).json.ips.length, 0);
  await call("DELETE", FAULTS);
  assert.equal((await call("GET", IPS)).json.ips.length, 1);
});

test("a wrong fault is refused with everything that is wrong with it", async () => {
  const { call } = aCloud({ control: true });
  const wrong = async (fault: unknown): Promise<string[]> => {
    const reply = await call("POST", FAULTS, fault);
    assert.equal(reply.status, 400, reply.text);
    return reply.json.problems;
  };
  assert.deepEqual(await wrong("{"), ["a fault is a JSON object"]);
  assert.deepEqual(await wrong({}), ["effect or listLagMs is missing"]);
  assert.equal((await wrong({ effect: { kind: "explode" } })).length, 1);
  assert.equal((await wrong({ effect: { kind: "status" } })).length, 1);
  assert.equal((await wrong({ effect: { kind: "status", status: 99 } })).length, 1);
  assert.equal((await wrong({ effect: { kind: "latency", ms: -1 } })).length, 1);
  assert.equal((await wrong({ listLagMs: "5" })).length, 1);
  const several = { match: { path: 1, verb: "GET" }, times: 0.5, effect: { kind: "cutAfter", ms: 1 } };
  assert.equal((await wrong(several)).length, 4);
});

test("what nobody deleted is listed, what the cloud made itself is not", async () => {
  const { call, aServer } = aCloud({ control: true });
  const server = await aServer({ tags: ["a"] });
  const groups = "/instance/v1/zones/fr-par-1/security_groups";
  const group = (await call("POST", groups, { name: "web" })).json.security_group;
  const left = (await call("GET", "/_emulator/leftovers")).json;
  assert.deepEqual(
    [left.machines, left.volumes, left.others].map((list) => list.map((one: { id: string }) => one.id)),
    [[server.id], [server.volumeId], [group.id]],
  );
  assert.equal(left.others[0].kind, "securityGroup");
  assert.equal((await call("GET", groups)).json.security_groups.length, 2);
});

test("a guest's report can be played by control", async () => {
  const { call, aServer } = aCloud({ control: true });
  const server = await aServer();
  const order = { server: server.id, key: "notes", text: "hello" };
  assert.equal((await call("POST", "/_emulator/guest", order)).status, 204);
  assert.equal((await call("GET", `${server.path}/user_data/notes`)).text, "hello");
  assert.equal((await call("POST", "/_emulator/guest", { ...order, server: "nobody" })).status, 404);
  for (const wrong of [{}, { ...order, text: 1 }, "{"])
    assert.equal((await call("POST", "/_emulator/guest", wrong)).status, 400);
});
