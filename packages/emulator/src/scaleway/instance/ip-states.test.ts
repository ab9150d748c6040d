import assert from "node:assert/strict";
import { test } from "node:test";
import { aCloud, IPS } from "../../testing/a-cloud.ts";

test("a machine that runs takes a moment to take an address over, one that does not has it at once", async () => {
  const { call, aServer, act, pass } = aCloud();
  const server = await aServer();
  const path = `${IPS}/${(await call("POST", IPS, {})).json.ip.id}`;
  const attach = async (to: string | null): Promise<string> =>
    (await call("PATCH", path, { server: to })).json.ip.state;
  const states = async (): Promise<string[]> => {
    const old = (await call("GET", server.path)).json.server;
    const newer = (await call("GET", server.path.replace("/v1/", "/v2alpha1/"))).json;
    const ip = (await call("GET", path)).json.ip;
    return [ip.state, old.public_ips[0]?.state, newer.public_network_interface.ips[0]?.status];
  };
  assert.equal(await attach(server.id), "attached");
  assert.equal(await attach(null), "detached");
  await act(server, "poweron");
  pass(20);
  assert.equal(await attach(server.id), "pending");
  assert.deepEqual(await states(), ["pending", "pending", "pending"]);
  pass(5);
  assert.deepEqual(await states(), ["attached", "attached", "attached"]);
});
