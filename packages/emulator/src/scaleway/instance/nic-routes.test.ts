import assert from "node:assert/strict";
import { test } from "node:test";
import { aCloud, SERVERS } from "../../testing/a-cloud.ts";

const NETWORK = "c4afcdb0-e269-4d25-b9eb-460c7d948edc";
const INTERFACES = "/instance/v2alpha1/zones/fr-par-1/private-network-interfaces";

test("a network card is shown by both APIs and goes with its server", async () => {
  const { call, aServer, emulator } = aCloud();
  const server = await aServer();
  const made = await call("POST", `${server.path}/private_nics`, { private_network_id: NETWORK });
  assert.equal(made.status, 201);
  const nic = made.json.private_nic;
  assert.deepEqual((await call("GET", server.path)).json.server.private_nics, [nic]);
  assert.equal((await call("GET", `${INTERFACES}?server_ids=${server.id}`)).json.total_count, 1);
  assert.equal((await call("GET", `${SERVERS}?private_network=${NETWORK}`)).json.servers.length, 1);
  assert.equal((await call("DELETE", `${INTERFACES}/${nic.id}`)).json.precondition, "resource_not_usable");
  assert.equal(emulator.leftovers().privateNics.length, 1);
  await call("DELETE", server.path);
  assert.equal(emulator.leftovers().privateNics.length, 0);
});

test("a network card can be taken off its server", async () => {
  const { call, aServer } = aCloud();
  const server = await aServer();
  const nic = (await call("POST", `${server.path}/private_nics`, { private_network_id: NETWORK })).json
    .private_nic;
  assert.equal((await call("DELETE", `${server.path}/private_nics/${nic.id}`)).status, 204);
  assert.equal(
    (await call("GET", `${server.path}/private_nics/${nic.id}`)).json.resource,
    "instance_private_nic",
  );
});
