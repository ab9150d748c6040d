import assert from "node:assert/strict";
import { test } from "node:test";
import { aScalewayProject } from "../../testing/scaleway-project.ts";

const KINDS = new Set(["machine", "volume", "address"] as const);

test("an address and a volume stay with the machine that somebody took over with them", async () => {
  const { emulator, create, provider } = aScalewayProject();
  const footprint = await create("one", { spec: { ipv6: true, volumes: [{ name: "data", sizeGb: 20 }] } });
  const machine = footprint.machine!;
  emulator.console.retagServer(machine, ["theirs"]);

  const ours = provider();
  const ids = new Set([...footprint.volumes.map(({ id }) => id), ...footprint.addresses]);
  const look = await ours.list({ owner: "own-1", zones: ["fr-par-1"], kinds: KINDS, ids });
  assert.deepEqual(look.machines, []);
  assert.equal(look.parts.length, 3);
  for (const { id, attachedTo, idle } of look.parts)
    assert.deepEqual({ attachedTo, idle }, { attachedTo: machine, idle: false }, id);

  const before = emulator.leftovers();
  const at = look.startedAt;
  const [volume, address] = (["volume", "address"] as const).map((wanted) => ({
    at,
    parts: look.parts.filter(({ kind }) => kind === wanted),
  }));
  const observed = { machine: { at, all: [] }, volume: volume!, address: address! };
  const step = await ours.delete({ instanceId: "mf-0123456789ab", footprint, observed });
  assert.equal(step, "deleting");
  assert.deepEqual(emulator.leftovers(), before);
});
