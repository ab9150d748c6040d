import assert from "node:assert/strict";
import type { InstanceView } from "../api/instance-view.ts";
import type { Client } from "../client/client.ts";
import { allEvents } from "./all-events.ts";
import type { CloudProcess } from "./cloud-process.ts";
import type { Wish } from "./kill-plan.ts";
import { instanceIn, SERVERS } from "./somebody-elses.ts";
import type { Server } from "./somebody-elses.ts";

/** What was asked for, by the id that the answer gave it. */
export type Wishes = ReadonlyMap<string, Wish>;

/** Every row and everything in the cloud is what it should be. */
export async function everythingIsRight(
  client: Client,
  cloud: CloudProcess,
  wishes: Wishes,
  foreign: Server,
): Promise<void> {
  // 1. The rows: all that was promised; what the sweep found is gone.
  const { instances } = await client.list({ all: true, limit: 500 });
  const phases = Object.fromEntries(instances.map(({ name, phase }) => [name, phase]));
  const right = instances.map((row): [string, string] => {
    const wish = wishes.get(row.id);
    if (!wish) assert.equal(row.origin, "found", `nobody asked for ${row.name}`);
    return [row.name, wish?.ends === "kept" ? "running" : "deleted"];
  });
  assert.deepEqual(phases, Object.fromEntries(right));
  for (const [id, { input }] of wishes)
    assert.ok(input.name in phases, `${input.name} (${id}) was forgotten`);

  // 2. The machines: one for each that is kept, whole.
  const { servers } = await cloud.call<{ servers: Server[] }>("GET", SERVERS);
  const kept = instances.filter(({ id }) => wishes.get(id)?.ends === "kept");
  for (const row of kept) await machineIsWhole(cloud, servers, row, wishes.get(row.id)!);

  // 3. And nothing else; that of somebody else as it was.
  const untouched = servers.find(({ id }) => id === foreign.id);
  assert.deepEqual([untouched?.state, untouched?.tags], ["running", foreign.tags], "somebody else's machine");
  const all = [foreign, ...servers.filter(({ id }) => kept.some(({ machineId }) => machineId === id))];
  const { machines, volumes, addresses, privateNics } = await cloud.leftovers();
  const ids = (things: { id: string }[]) => things.map(({ id }) => id).sort();
  assert.deepEqual(ids(machines), ids(all), "machines");
  assert.deepEqual(ids(volumes), ids(all.flatMap((one) => Object.values(one.volumes))), "volumes");
  assert.deepEqual(
    ids(addresses),
    ids(all.flatMap((one) => one.public_ips.filter((ip) => !ip.dynamic))),
    "addresses",
  );
  assert.deepEqual(privateNics, []);
}

async function machineIsWhole(
  cloud: CloudProcess,
  servers: Server[],
  row: InstanceView,
  { input }: Wish,
): Promise<void> {
  const mine = servers.filter(({ tags }) => instanceIn(tags) === row.id);
  assert.deepEqual(
    mine.map(({ id, state }) => ({ id, state })),
    [{ id: row.machineId, state: "running" }],
    `machines of ${row.name}`,
  );
  const { id, volumes, public_ips } = mine[0]!;
  assert.equal(Object.keys(volumes).length, 1, `volumes of ${row.name}`);
  const addresses = public_ips.filter((ip) => !ip.dynamic);
  assert.equal(addresses.length, input.ipv6 ? 1 : 0, `addresses of ${row.name}`);
  if (input.userData !== undefined)
    assert.equal(await cloud.read(`${SERVERS}/${id}/user_data/cloud-init`), input.userData);
}

/** Of what is right in the end: that it was never otherwise. */
export async function nothingWasWrongMeanwhile(
  client: Client,
  cloud: CloudProcess,
  wishes: Wishes,
): Promise<void> {
  const history = (await cloud.history()).filter(({ kind }) => kind === "machine");
  const events = await allEvents(client);
  for (const [id, { ends, input }] of wishes) {
    const machines = history.filter(({ tags }) => instanceIn(tags) === id);
    const mine = events.filter(({ instanceId }) => instanceId === id);
    const story = `${input.name}: ${JSON.stringify({ machines, mine }, undefined, 1)}`;

    // 1. Never two machines at once; a kept one has the only one that there ever was.
    for (const [index, machine] of machines.entries())
      assert.ok(
        machines.slice(index + 1).every(({ createdAt }) => createdAt >= (machine.deletedAt ?? "never")),
        `two machines at once for ${story}`,
      );
    if (ends === "kept") assert.equal(machines.length, 1, `more than one machine for ${story}`);

    // 2. What is kept came up and was never touched; what expired did so in time, neither early nor asked for.
    const kinds = mine.map(({ kind, phase }) => `${kind} ${phase}`);
    if (ends === "kept")
      assert.deepEqual(
        kinds.filter((kind) => !kind.startsWith("trouble")),
        ["requested pending", "phase provisioning", "phase running"],
        story,
      );
    else assert.equal(kinds.at(-1), "phase deleted", story);
    const expired = mine.find(({ kind }) => kind === "expired");
    assert.equal(expired !== undefined, ends === "expired", story);
    if (expired) {
      assert.ok(expired.at >= expired.expiresAt, `early: ${story}`);
      for (const { deletedAt } of machines)
        assert.ok(Date.parse(deletedAt!) >= Date.parse(expired.expiresAt), `early: ${story}`);
    }
  }
}
