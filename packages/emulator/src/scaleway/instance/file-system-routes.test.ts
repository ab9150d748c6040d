import assert from "node:assert/strict";
import { test } from "node:test";
import { aCloud } from "../../testing/a-cloud.ts";
import { UNKNOWN } from "../../testing/ids.ts";

const FILES = "8a5b4f6e-0a59-4f9c-9a43-6d1f1c9e2b11";

test("a file system is attached to a server and taken off again", async () => {
  const { call, aServer, pass } = aCloud();
  const server = await aServer({ commercial_type: "BASIC3-X2C-4G" });
  const states = async (): Promise<string[]> =>
    (await call("GET", server.path)).json.server.filesystems.map((one: { state: string }) => one.state);
  const attached = await call("POST", `${server.path}/attach-filesystem`, { filesystem_id: FILES });
  assert.deepEqual(attached.json.server.filesystems, [{ filesystem_id: FILES, state: "attaching" }]);
  pass(10);
  assert.deepEqual(await states(), ["available"]);
  await call("POST", `${server.path}/detach-filesystem`, { filesystem_id: FILES });
  assert.deepEqual(await states(), ["detaching"]);
  pass(10);
  assert.deepEqual(await states(), []);
});

test("a server takes only as many file systems as its type has room for, and each once", async () => {
  const { call, aServer } = aCloud();
  const [none, room] = [await aServer(), await aServer({ commercial_type: "BASIC3-X2C-4G" })];
  const attach = (server: { path: string }, id: string) =>
    call("POST", `${server.path}/attach-filesystem`, { filesystem_id: id });
  assert.equal((await attach(none, FILES)).status, 400);
  assert.equal((await attach(room, FILES)).status, 200);
  assert.equal((await attach(room, FILES)).status, 412);
  assert.equal((await attach(room, UNKNOWN)).status, 400);
  assert.equal((await attach(room, "no-uuid")).json.details[0].reason, "format");
  const detached = await call("POST", `${room.path}/detach-filesystem`, { filesystem_id: UNKNOWN });
  assert.equal(detached.json.details[0].help_message, `Filesystem ${UNKNOWN} is not attached to this server`);
});
