import assert from "node:assert/strict";
import { test } from "node:test";
import type { CommonProps } from "./common-props.ts";
import type { CommonAttributes, Kind } from "./kind.ts";
import { createLogic } from "./logic.ts";
import { markOf } from "./mark.ts";
import { instance } from "./resources/instance/instance.ts";
import { instanceVolume } from "./resources/instance-volume.ts";
import { rdbInstance } from "./resources/rdb/rdb-instance.ts";
import { anEmulatedCloud, PROJECT } from "./testing/emulated-cloud.ts";

const claims = {
  all: async () => [],
  claim: async () => undefined,
  drop: async () => undefined,
  release: async () => undefined,
};

async function aWorld() {
  const emulated = anEmulatedCloud();
  const cloud = await emulated.connectBy(emulated.send)({});
  const wanted = <Props>(id: string, props: Props, place: string) => {
    const mark = markOf(`app/dev/${id}`);
    return { props, place, mark, tags: [mark], name: id, projectId: PROJECT };
  };
  const made = <Props extends CommonProps, Attributes extends CommonAttributes, Whole>(
    kind: Kind<Props, Attributes, Whole>,
    id: string,
    props: Props,
  ) => {
    const at = wanted(id, props, kind.place(cloud, props));
    return createLogic(kind).reconcile(cloud, at, { adopt: false, claims });
  };
  const deleted = <Props extends CommonProps, Attributes extends CommonAttributes, Whole>(
    kind: Kind<Props, Attributes, Whole>,
    id: string,
    props: Props,
    known: Attributes,
  ) =>
    createLogic(kind).delete(cloud, {
      wanted: wanted(id, props, kind.place(cloud, props)),
      known,
      superseded: false,
      claims,
    });
  const left = () => {
    const { machines, volumes, addresses, privateNics, others } = emulated.emulator.leftovers();
    return [...machines, ...volumes, ...addresses, ...privateNics, ...others].map(
      ({ name, id }) => name || id,
    );
  };
  return { emulated, cloud, made, deleted, left };
}

test("with an instance go its root volume and its cards; what was attached to it stays", async () => {
  const { emulated, made, deleted, left } = await aWorld();
  const data = await made(instanceVolume, "data", { sizeGb: 20 });
  const network = await emulated.call<{ id: string }>("POST", "/vpc/v2/regions/fr-par/private-networks", {
    name: "inside",
    project_id: PROJECT,
  });
  const props = { volumes: [data] };
  const web = await made(instance, "web", props);
  assert.deepEqual(web.volumeIds, [data.id]);
  const nics = `/instance/v1/zones/fr-par-1/servers/${web.id}/private_nics`;
  await emulated.call("POST", nics, { private_network_id: network.id });

  await deleted(instance, "web", props, web);
  assert.deepEqual(left().sort(), ["data", "inside"]);
});

test("a root volume whose machine somebody deleted by hand goes too", async () => {
  const { emulated, made, deleted, left } = await aWorld();
  const web = await made(instance, "web", {});
  emulated.emulator.console.deleteServer(web.id);
  assert.equal(left().length, 1);
  await deleted(instance, "web", {}, web);
  assert.deepEqual(left(), []);
});

test("with a database server go its backups and snapshots, unless they are to be kept", async () => {
  for (const keepBackups of [false, true]) {
    const { emulated, made, deleted, left } = await aWorld();
    const props = { password: "Open-Sesame-1", keepBackups };
    const server = await made(rdbInstance, "db", props);
    const path = "/rdb/v1/regions/fr-par";
    await emulated.call("POST", `${path}/backups`, {
      instance_id: server.id,
      database_name: "rdb",
      name: "by-hand",
    });
    emulated.emulator.advance(600);
    await emulated.call("POST", `${path}/instances/${server.id}/snapshots`, { name: "by-hand-too" });
    emulated.emulator.advance(600);
    await deleted(rdbInstance, "db", props, server);
    assert.deepEqual(left().sort(), keepBackups ? ["by-hand", "by-hand-too"] : []);
  }
});
