import assert from "node:assert/strict";
import { test } from "node:test";
import { createInstanceSchema } from "../api/create-instance.ts";
import type { CreateInstanceInput } from "../api/create-instance.ts";
import { connectScaleway } from "../providers/scaleway/connect.ts";
import { startEmulatedWorld } from "../testing/emulated-world.ts";

const HOUR = 3_600_000;
const API = "https://api.scaleway.com";
const GROUPS = "/instance/v1/zones/fr-par-1/security_groups";
const NETWORKS = "/vpc/v2/regions/fr-par/private-networks";
const SERVERS = "/instance/v1/zones/fr-par-1/servers";

type Call = (method: string, path: string, body?: object) => Promise<Record<string, never>>;

/** A world in which something befalls the cloud right before the first POST to a path that ends so. */
async function aWorld(before: { path: string; befalls: (call: Call) => Promise<void> }) {
  let asked = 0;
  const world = await startEmulatedWorld({
    connect: (how) =>
      connectScaleway({
        ...how,
        async fetch(request) {
          const isIt = request.method === "POST" && request.url.endsWith(before.path);
          if (isIt && (asked += 1) === 1) await before.befalls(call(request));
          return how.fetch(request);
        },
      }).provider,
  });

  const call =
    (request: Request): Call =>
    async (method, path, body) => {
      const headers = {
        "X-Auth-Token": request.headers.get("X-Auth-Token")!,
        "Content-Type": "application/json",
      };
      const init = { method, headers, body: body && JSON.stringify(body) };
      const response = await world.emulator.fetch(`${API}${path}`, init);
      assert.ok(response.ok, `${method} ${path}: ${response.status}`);
      const text = await response.text();
      return text === "" ? {} : JSON.parse(text);
    };

  async function running(input: CreateInstanceInput): Promise<string> {
    const asking = world.commands.create(createInstanceSchema.parse({ lifetime: "10h", ...input }));
    let id: string | undefined;
    void asking.then(({ instance }) => (id = instance.id));
    const phase = async () => id && (await world.store.get(id))?.phase;
    await world.passUntil("an end", async () => /running|delet/.test((await phase()) ?? ""), HOUR);
    assert.equal(await phase(), "running", (await world.store.get(id!))?.reason);
    assert.ok(asked >= 2, "nothing was repeated");
    return id!;
  }
  const kinds = () => world.emulator.leftovers().others.map(({ kind }) => kind);
  return { ...world, running, kinds };
}

const idsOf = (all: readonly { id: string; name: string }[], name: string) =>
  all.filter((each) => each.name === name).map(({ id }) => id);

test("a firewall that vanishes right before its machine is made is made again", async () => {
  const world = await aWorld({
    path: SERVERS,
    async befalls(call) {
      const { security_groups: all } = await call("GET", GROUPS);
      for (const id of idsOf(all!, "web")) await call("DELETE", `${GROUPS}/${id}`);
    },
  });
  await world.running({ firewall: "web" });
  assert.deepEqual(world.kinds(), ["securityGroup"]);
  await world.stop();
});

test("a network that vanishes right before its machine's card is made is made again", async () => {
  const world = await aWorld({
    path: "/private_nics",
    async befalls(call) {
      const { private_networks: all } = await call("GET", NETWORKS);
      for (const id of idsOf(all!, "lab")) await call("DELETE", `${NETWORKS}/${id}`);
    },
  });
  await world.running({ network: "lab" });
  assert.deepEqual(world.kinds(), ["privateNetwork"]);
  assert.equal(world.emulator.leftovers().machines.length, 1);
  await world.stop();
});

test("a security group that was replaced under its name is found again at once", async () => {
  const world = await aWorld({
    path: SERVERS,
    async befalls(call) {
      const { security_groups: all } = await call("GET", GROUPS);
      for (const id of idsOf(all!, "mine")) await call("DELETE", `${GROUPS}/${id}`);
      await call("POST", GROUPS, { name: "mine", project: "105bdce1-64c0-48ab-899d-868455867ecf" });
    },
  });
  let isMade = false;
  void world.commands.createResource("firewall", { name: "mine" }).then(() => (isMade = true));
  await world.passUntil("a firewall", async () => isMade, HOUR);
  const began = world.clock.now();
  await world.running({ securityGroup: "mine" });
  assert.ok(world.clock.now() - began < 30_000);
  await world.stop();
});
