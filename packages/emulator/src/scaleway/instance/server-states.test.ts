import assert from "node:assert/strict";
import { test } from "node:test";
import { aCloud, SERVERS, VOLUMES } from "../../testing/a-cloud.ts";
import { SENTINELS } from "../seed/sentinels.ts";

test("a server that is not stopped cannot be deleted", async () => {
  const { call, aServer, act, pass } = aCloud();
  const server = await aServer();
  await act(server, "poweron");
  for (const _ of ["starting", "running"]) {
    const refused = await call("DELETE", server.path);
    assert.equal(refused.status, 400);
    assert.equal(refused.json.precondition, "resource_still_in_use");
    pass(16);
  }
});

test("a second poweron is refused", async () => {
  const { aServer, act, pass } = aCloud();
  const server = await aServer();
  await act(server, "poweron");
  pass(16);
  const refused = await act(server, "poweron");
  assert.equal(refused.status, 412);
  assert.deepEqual(refused.json, { message: "server should be stopped", type: "precondition_failed" });
});

test("actions that the state does not offer are refused, unknown ones are invalid", async () => {
  const { aServer, act } = aCloud();
  const server = await aServer();
  for (const action of ["poweroff", "terminate", "reboot", "stop_in_place"])
    assert.equal((await act(server, action)).status, 412);
  assert.equal((await act(server, "dance")).json.details[0].argument_name, "action");
});

test("poweroff, stop in place and reboot take their time", async () => {
  const { call, aServer, act, pass, stateOf } = aCloud();
  const server = await aServer();
  await act(server, "poweron");
  pass(16);
  await act(server, "reboot");
  assert.equal((await call("GET", server.path)).json.server.state_detail, "rebooting");
  pass(21);
  assert.equal(await stateOf(server), "starting");
  pass(21);
  assert.equal(await stateOf(server), "running");
  await act(server, "stop_in_place");
  pass(46);
  assert.equal(await stateOf(server), "stopped in place");
  await act(server, "poweron");
  pass(16);
  assert.equal(await stateOf(server), "running");
  await act(server, "poweroff");
  pass(35);
  assert.equal(await stateOf(server), "stopping");
  pass(16);
  const stopped = (await call("GET", server.path)).json.server;
  assert.equal(stopped.state, "stopped");
  assert.equal(stopped.location, null);
});

test("a server that never boots is stopped in place, then terminated", async () => {
  const { call, aServer, act, pass, stateOf } = aCloud();
  const server = await aServer({ commercial_type: SENTINELS.neverBoots });
  await act(server, "poweron");
  pass(86_400);
  const stuck = (await call("GET", server.path)).json.server;
  assert.equal(stuck.state, "starting");
  assert.deepEqual(stuck.allowed_actions, ["stop_in_place", "backup"]);
  assert.equal((await act(server, "terminate")).status, 412);
  assert.equal((await act(server, "stop_in_place")).status, 202);
  pass(46);
  assert.equal(await stateOf(server), "stopped in place");
  assert.equal((await act(server, "terminate")).status, 202);
  pass(16);
  assert.equal((await call("GET", server.path)).status, 404);
});

test("an overtaken change of state never comes", async () => {
  const { aServer, act, pass, stateOf } = aCloud();
  const server = await aServer();
  await act(server, "poweron");
  await act(server, "stop_in_place");
  pass(20);
  assert.equal(await stateOf(server), "stopping");
});

test("a volume put on a running server is in use, and free a while after it is taken off", async () => {
  const { call, aServer, act, pass } = aCloud();
  const server = await aServer();
  await act(server, "poweron");
  const volume = (await call("POST", VOLUMES, { name: "data", from_empty: { size: 10e9 } })).json;
  assert.equal(volume.status, "creating");
  pass(16);
  const attached = await call("POST", `${server.path}/attach-volume`, { volume_id: volume.id });
  assert.deepEqual(Object.keys(attached.json.server.volumes), ["0", "1"]);
  assert.deepEqual(attached.json.server.allowed_actions, []);
  pass(1);
  await call("POST", `${server.path}/detach-volume`, { volume_id: volume.id });
  pass(39);
  assert.equal((await call("DELETE", `${VOLUMES}/${volume.id}`)).status, 412);
  pass(6);
  assert.equal((await call("DELETE", `${VOLUMES}/${volume.id}`)).status, 204);
  const again = await call("POST", `${server.path}/detach-volume`, { volume_id: volume.id });
  assert.equal(again.json.details[0].argument_name, "volume_id");
});

test("a protected server is neither deleted nor terminated", async () => {
  const { call, aServer, act, pass } = aCloud();
  const server = await aServer({ protected: true });
  assert.equal((await call("DELETE", server.path)).json.precondition, "protected_resource");
  await act(server, "poweron");
  pass(16);
  assert.equal((await act(server, "terminate")).status, 412);
  assert.equal((await call("GET", SERVERS)).json.servers.length, 1);
});
