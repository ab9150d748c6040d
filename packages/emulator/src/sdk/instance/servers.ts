import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Blockv1 } from "@scaleway/sdk-block";
import type { Instancev1 } from "@scaleway/sdk-instance";
import type { Begin } from "../driving.ts";
import { aServer, readServer } from "./a-server.ts";

export function servers(begin: Begin<Instancev1.API>): void {
  describe("servers", () => {
    test("a new server is stopped, and has its image, its volume and the project's group", async (t) => {
      const { api: instance, beganAt, projectId } = await begin(t);
      const server = await aServer(instance, { name: "lab", tags: ["team:blue"] });
      assert.deepEqual([server.name, server.tags, server.project], ["lab", ["team:blue"], projectId]);
      assert.deepEqual([server.state, server.allowedActions], ["stopped", ["poweron", "backup"]]);
      assert.deepEqual([server.creationDate, server.modificationDate], [beganAt, beganAt]);
      assert.match(server.image?.name ?? "", /^Ubuntu 22\.04/);
      assert.equal(server.volumes["0"]?.volumeType, "sbs_volume");
      assert.equal(server.securityGroup?.name, "Default security group");
      assert.deepEqual([server.publicIps, server.privateNics, server.location], [[], [], undefined]);
      assert.deepEqual(await readServer(instance, server.id), server);
    });

    test("a server is renamed, retagged, retyped and protected", async (t) => {
      const { api: instance, emulator } = await begin(t);
      const { id: serverId, creationDate } = await aServer(instance);
      emulator.advance(60);
      await instance.updateServer({
        serverId,
        name: "web",
        tags: ["a", "b"],
        commercialType: "DEV1-M",
        protected: true,
      });
      const server = await readServer(instance, serverId);
      assert.deepEqual(
        [server.name, server.tags, server.commercialType, server.protected],
        ["web", ["a", "b"], "DEV1-M", true],
      );
      assert.equal(Number(server.modificationDate) - Number(creationDate), 60_000);
      await assert.rejects(instance.deleteServer({ serverId }), {
        name: "PreconditionFailedError",
        precondition: "protected_resource",
      });
    });

    test("a server is written back whole", async (t) => {
      const { api: instance } = await begin(t);
      const { volumes, ...shown } = await aServer(instance);
      await instance["_setServer"]({ ...shown, name: "web", tags: ["written"] });
      const read = await readServer(instance, shown.id);
      assert.deepEqual([read.name, read.tags, read.volumes], ["web", ["written"], volumes]);
    });

    test("only a stopped server can be deleted; its block volume stays", async (t) => {
      const { api: instance, emulator, use } = await begin(t);
      const { id: serverId, volumes } = await aServer(instance);
      await instance.serverAction({ serverId, action: "poweron" });
      emulator.advance(20);
      await assert.rejects(instance.deleteServer({ serverId }), {
        name: "PreconditionFailedError",
        precondition: "resource_still_in_use",
      });
      await instance.serverAction({ serverId, action: "poweroff" });
      emulator.advance(60);
      assert.equal(await instance.deleteServer({ serverId }), undefined);
      await assert.rejects(instance.getServer({ serverId }), {
        name: "ResourceNotFoundError",
        resource: "instance_server",
        resourceId: serverId,
      });
      emulator.advance(60);
      const volume = await use(Blockv1.API).getVolume({ volumeId: volumes["0"]?.id ?? "" });
      assert.deepEqual([volume.status, volume.references], ["available", []]);
    });

    test("lists come in pages, which the SDK puts together", async (t) => {
      const { api: instance, emulator } = await begin(t);
      for (let i = 0; i < 5; i++) {
        await aServer(instance, { name: `lab-${i}` });
        emulator.advance(1);
      }
      const first = await instance.listServers({ perPage: 2 });
      assert.deepEqual([first.totalCount, first.servers.length], [5, 2]);
      const all = await instance.listServers({ perPage: 2 }).all();
      assert.deepEqual(all.map(nameOf), ["lab-4", "lab-3", "lab-2", "lab-1", "lab-0"]);
      const pages: string[][] = [];
      for await (const page of instance.listServers({ perPage: 2 })) pages.push(page.map(nameOf));
      assert.deepEqual(pages, [["lab-4", "lab-3"], ["lab-2", "lab-1"], ["lab-0"]]);
    });

    test("lists are filtered and ordered", async (t) => {
      const { api: instance, emulator, projectId } = await begin(t);
      const blue = await aServer(instance, { name: "blue-1", tags: ["blue", "new"] });
      emulator.advance(1);
      await aServer(instance, { name: "red-1", tags: ["red", "new"], commercialType: "DEV1-M" });
      await instance.serverAction({ serverId: blue.id, action: "poweron" });
      emulator.advance(20);
      const names = async (request: Instancev1.ListServersRequest): Promise<string[]> =>
        (await instance.listServers(request).all()).map(nameOf);
      assert.deepEqual(await names({ order: "creation_date_asc" }), ["blue-1", "red-1"]);
      assert.deepEqual(await names({ tags: ["blue", "new"] }), ["blue-1"]);
      assert.deepEqual(await names({ name: "red" }), ["red-1"]);
      assert.deepEqual(await names({ state: "running" }), ["blue-1"]);
      assert.deepEqual(await names({ commercialType: "DEV1-M" }), ["red-1"]);
      assert.deepEqual(await names({ servers: [blue.id] }), ["blue-1"]);
      assert.deepEqual(await names({ project: projectId, zone: "nl-ams-1" }), []);
    });
  });
}

const nameOf = ({ name }: { name: string }): string => name;
