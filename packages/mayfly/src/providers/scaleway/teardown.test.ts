import assert from "node:assert/strict";
import { test } from "node:test";
import { SENTINELS } from "@mayfly/emulator";
import type { Footprint } from "../../lifecycle/instance.ts";
import { emptyFootprint } from "../../lifecycle/instance.ts";
import type { Kind } from "../../lifecycle/observed.ts";
import { anEmulatedScaleway, EMULATED_PROJECT } from "../../testing/emulated-scaleway.ts";
import type { EmulatedScaleway } from "../../testing/emulated-scaleway.ts";
import { interrupted } from "../../testing/interrupted.ts";
import type { Provider } from "../provider.ts";
import { markTags } from "./marks.ts";

const ZONE = "fr-par-1";
const MARKS = { owner: "own-1", instanceId: "mf-0123456789ab", expiresAt: Date.UTC(2031, 0, 1) };
const SERVERS = `/instance/v1/zones/${ZONE}/servers`;
const NETWORKS = "/vpc/v2/regions/fr-par/private-networks";
const EVERY_KIND: ReadonlySet<Kind> = new Set(["machine", "volume", "address"]);

interface Scene {
  cloud: EmulatedScaleway;
  footprint: Footprint;
  network: string;
  /** What the cloud was asked to change since the instance stood there: `DELETE /…`. */
  changes: string[];
  send: EmulatedScaleway["send"];
}

interface From {
  state: string;
  type?: string;
  /** False: all but the machine was made. */
  machine?: boolean;
  /** One after the other, each with two minutes for itself, but for the last of one that is to be met on its way. */
  actions: string[];
  settled?: boolean;
}

const STATES: From[] = [
  { state: "running", actions: ["poweron"] },
  { state: "stopped", actions: ["poweron", "poweroff"] },
  { state: "stopped in place", actions: ["poweron", "stop_in_place"] },
  { state: "stopping", actions: ["poweron", "poweroff"], settled: false },
  { state: "starting", actions: ["poweron"], settled: false },
  { state: "starting for ever", type: SENTINELS.neverBoots, actions: ["poweron"] },
  { state: "made but not powered on", actions: [] },
  { state: "not made, though its volumes and its address are", machine: false, actions: [] },
];

/** In a private network, with two data volumes, an IPv4 and an IPv6; no row knows anything of it. */
async function anInstance(from: From): Promise<Scene> {
  const cloud = anEmulatedScaleway();
  const { call, clock } = cloud;
  const tags = markTags(MARKS, []);
  const { id: network } = await call<{ id: string }>("POST", NETWORKS, {
    name: "class",
    project_id: EMULATED_PROJECT,
  });
  const address = { project: EMULATED_PROJECT, type: "routed_ipv6", tags };
  const { ip } = await call<{ ip: { id: string } }>("POST", `/instance/v1/zones/${ZONE}/ips`, address);
  const volumes: Record<string, object> = {};
  for (const slot of ["1", "2"]) {
    const volume = { name: `data-${slot}`, project_id: EMULATED_PROJECT, from_empty: { size: 20e9 }, tags };
    const { id } = await call<{ id: string }>("POST", `/block/v1/zones/${ZONE}/volumes`, volume);
    volumes[slot] = { id, volume_type: "sbs_volume" };
  }
  if (from.machine !== false) {
    const { server } = await call<{ server: { id: string } }>("POST", SERVERS, {
      name: "lab",
      commercial_type: from.type ?? "DEV1-S",
      image: "ubuntu_noble",
      project: EMULATED_PROJECT,
      tags,
      dynamic_ip_required: true,
      public_ips: [ip.id],
      volumes,
    });
    await call("POST", `${SERVERS}/${server.id}/private_nics`, { private_network_id: network });
    for (const [index, action] of from.actions.entries()) {
      await call("POST", `${SERVERS}/${server.id}/action`, { action });
      if (from.settled !== false || index < from.actions.length - 1) await clock.advance(120_000);
    }
  }
  const changes: string[] = [];
  const send: Scene["send"] = async (request) => {
    const { pathname } = new URL(request.url);
    if (request.method !== "GET") changes.push(`${request.method} ${pathname}`);
    return cloud.send(request);
  };
  return { cloud, footprint: emptyFootprint(ZONE), network, changes, send };
}

/** One look, and one step. */
async function step(provider: Provider, { footprint }: Scene): Promise<"deleting" | "gone"> {
  const ids = new Set([...footprint.volumes.map(({ id }) => id), ...footprint.addresses]);
  const looked = await provider.list({ owner: MARKS.owner, zones: [ZONE], kinds: EVERY_KIND, ids });
  const { startedAt: at, machines, parts } = looked;
  // Nothing is ended before the ids of its parts are in the row.
  for (const { volumes, addresses, nics } of machines) Object.assign(footprint, { volumes, addresses, nics });
  return provider.delete({
    instanceId: MARKS.instanceId,
    footprint: structuredClone(footprint),
    observed: {
      machine: { at, all: machines },
      volume: { at, parts: parts.filter(({ kind }) => kind === "volume") },
      address: { at, parts: parts.filter(({ kind }) => kind === "address") },
    },
  });
}

/** Looks and deletes, every 5 s, until it says that it is gone. */
async function teardown(provider: Provider, scene: Scene): Promise<void> {
  for (let steps = 0; steps < 200; steps += 1) {
    if ((await step(provider, scene)) === "gone") return;
    await scene.cloud.clock.sleep(5_000);
  }
  assert.fail(`still there: ${JSON.stringify(scene.cloud.emulator.leftovers())}`);
}

/** The private network is not the instance's: it stays, and nothing holds it any more. */
async function expectNothingButTheNetwork({ cloud, network }: Scene): Promise<void> {
  const { machines, volumes, addresses, privateNics, others } = cloud.emulator.leftovers();
  assert.deepEqual([machines, volumes, addresses, privateNics], [[], [], [], []]);
  assert.deepEqual(
    others.map(({ kind, id }) => [kind, id]),
    [["privateNetwork", network]],
  );
  await cloud.call("DELETE", `${NETWORKS}/${network}`);
}

const indexOf = (changes: string[], what: RegExp) => changes.findIndex((each) => what.test(each));
const CARD = /^DELETE .*\/private_nics\//;
const END = /^(POST .*\/action|DELETE .*\/servers\/[^/]+)$/;

for (const from of STATES)
  test(`an instance that is ${from.state} is deleted with its volumes, addresses and network card`, async () => {
    const scene = await anInstance(from);
    const { cloud } = scene;
    const before = cloud.emulator.leftovers();
    const made = from.machine === false ? 0 : 1;
    const counts = [before.machines, before.volumes, before.addresses, before.privateNics];
    assert.deepEqual(
      counts.map(({ length }) => length),
      [made, 2 + made, 1, made],
    );
    await cloud.passing(teardown(cloud.provider(scene.send), scene));
    await expectNothingButTheNetwork(scene);
    assert.equal(await step(cloud.provider(), scene), "gone");
    const card = indexOf(scene.changes, CARD);
    const end = scene.changes.findLastIndex((change) => END.test(change));
    if (made === 1) assert.ok(card >= 0 && end > card, scene.changes.join("\n"));
  });

/** So that the number of a call says which one it is. */
function oneByOne(send: Scene["send"]): Scene["send"] {
  let last: Promise<unknown> = Promise.resolve();
  return (request) => {
    const answer = last.then(() => send(request));
    last = answer.catch(() => undefined);
    return answer;
  };
}

for (const from of STATES.filter(({ state }) => !state.startsWith("start")))
  test(`nothing is left of an instance that is ${from.state}, wherever its teardown is interrupted`, async () => {
    for (const how of ["cut", "lost"] as const)
      for (let call = 1; ; call += 1) {
        const scene = await anInstance(from);
        const { cloud } = scene;
        const first = interrupted(cloud.send, { call, how }, (fetch) =>
          teardown(cloud.provider(oneByOne(fetch)), scene),
        );
        const { reached } = await cloud.passing(first);
        await cloud.passing(teardown(cloud.provider(), scene));
        await expectNothingButTheNetwork(scene);
        if (reached) continue;
        assert.ok(call > 6, `${how}: only ${call - 1} calls`);
        break;
      }
  });

test("while it is not known whether the card is off, the machine is kept", async () => {
  const scene = await anInstance({ state: "running", actions: ["poweron"] });
  const { cloud } = scene;
  cloud.emulator.faults.add({
    match: { operation: "deletePrivateNIC" },
    times: 1,
    effect: { kind: "cutBefore" },
  });
  await assert.rejects(step(cloud.provider(scene.send), scene), { code: "unavailable" });
  assert.equal(indexOf(scene.changes, END), -1);
  assert.equal(await step(cloud.provider(scene.send), scene), "deleting");
  assert.ok(indexOf(scene.changes, END) > 0);
  await cloud.passing(teardown(cloud.provider(), scene));
  await expectNothingButTheNetwork(scene);
});

test("a card that is gone, or that the cloud will not give, does not keep its machine", async () => {
  for (const [status, type] of [
    [404, "not_found"],
    [412, "precondition_failed"],
    [403, "permissions_denied"],
  ] as const) {
    const scene = await anInstance({ state: "running", actions: ["poweron"] });
    const { cloud } = scene;
    const match = { operation: "deletePrivateNIC" };
    cloud.emulator.faults.add({ match, effect: { kind: "status", status, body: { type, message: "no" } } });
    await cloud.passing(teardown(cloud.provider(), scene));
    await expectNothingButTheNetwork(scene);
  }
});

test("a volume and a network of somebody else's stay when the machine that has them goes", async () => {
  const scene = await anInstance({ state: "running", actions: ["poweron"] });
  const { cloud } = scene;
  const [machine] = cloud.emulator.leftovers().machines;
  const theirs = { name: "theirs", project_id: EMULATED_PROJECT, from_empty: { size: 20e9 } };
  const path = `/block/v1/zones/${ZONE}/volumes`;
  const { id } = await cloud.call<{ id: string }>("POST", path, theirs);
  await cloud.call("POST", `${SERVERS}/${machine?.id}/attach-volume`, { volume_id: id });
  await cloud.clock.advance(60_000);
  await cloud.passing(teardown(cloud.provider(), scene));
  assert.deepEqual(
    cloud.emulator.leftovers().volumes.map((volume) => [volume.id, volume.state]),
    [[id, "available"]],
  );
});
