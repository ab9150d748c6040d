import assert from "node:assert/strict";
import { test } from "node:test";
import { aCloud, VOLUMES } from "./testing/a-cloud.ts";

test("somebody else stops, starts, retags and deletes a server", async () => {
  const { call, aServer, emulator, stateOf, pass } = aCloud();
  const server = await aServer({ tags: ["ours"] });
  emulator.console.startServer(server.id);
  assert.equal(await stateOf(server), "running");
  emulator.console.stopServer(server.id);
  assert.equal(await stateOf(server), "stopped");
  emulator.console.retagServer(server.id, []);
  assert.deepEqual((await call("GET", server.path)).json.server.tags, []);
  emulator.console.deleteServer(server.id);
  assert.equal((await call("GET", server.path)).status, 404);
  pass(10);
  assert.equal((await call("GET", `${VOLUMES}/${server.volumeId}`)).json.status, "available");
});

test("a foreign server runs at once, and its making is no call of ours", async () => {
  const { emulator } = aCloud();
  const id = await emulator.console.createServer({ tags: ["theirs"], zone: "nl-ams-1" });
  const [machine] = emulator.leftovers().machines;
  assert.deepEqual(
    [machine?.id, machine?.zone, machine?.state, machine?.tags],
    [id, "nl-ams-1", "running", ["theirs"]],
  );
  assert.equal(emulator.calls().total, 0);
});

test("a guest writes into its own user data, where its owner reads it", async () => {
  const { call, aServer, emulator, act, stateOf, pass } = aCloud();
  const server = await aServer();
  await act(server, "poweron");
  emulator.console.writeUserData(server.id, "notes", "é\n");
  assert.equal((await call("GET", `${server.path}/user_data/notes`)).text, "é\n");
  pass(20);
  assert.equal(await stateOf(server), "running");
});
