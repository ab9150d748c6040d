import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Instancev1 } from "@scaleway/sdk-instance";
import type { Begin } from "../driving.ts";
import { aLocalServer } from "./a-local-server.ts";
import { aServer, readServer } from "./a-server.ts";

export function serverActions(begin: Begin<Instancev1.API>): void {
  describe("server actions", () => {
    test("a server starts, reboots, stops in place and powers off, and says what it can do", async (t) => {
      const { api: instance, emulator } = await begin(t);
      const { id: serverId } = await aServer(instance, { dynamicIpRequired: true });
      const act = async (action: Instancev1.ServerAction): Promise<string[]> => {
        const { task } = await instance.serverAction({ serverId, action });
        assert.deepEqual([task?.status, task?.hrefResult], ["pending", `/servers/${serverId}`]);
        assert.ok(task?.startedAt instanceof Date);
        const meanwhile = (await readServer(instance, serverId)).state;
        emulator.advance(120);
        return [meanwhile, (await readServer(instance, serverId)).state];
      };
      assert.deepEqual((await instance.listServerActions({ serverId })).actions, ["poweron", "backup"]);
      assert.deepEqual(await act("poweron"), ["starting", "running"]);
      const running = await readServer(instance, serverId);
      assert.equal(running.publicIps[0]?.dynamic, true);
      assert.equal(running.location?.zoneId, "fr-par-1");
      assert.deepEqual(await act("reboot"), ["stopping", "running"]);
      assert.deepEqual(await act("stop_in_place"), ["stopping", "stopped in place"]);
      const { actions } = await instance.listServerActions({ serverId });
      assert.deepEqual(actions, ["poweron", "poweroff", "terminate", "reboot", "backup"]);
      assert.deepEqual(await act("poweron"), ["starting", "running"]);
      assert.deepEqual(await act("poweroff"), ["stopping", "stopped"]);
      assert.deepEqual((await readServer(instance, serverId)).publicIps, []);
    });

    test("a terminated server is gone, and its local volume with it", async (t) => {
      const { api: instance, emulator } = await begin(t);
      const server = await aLocalServer(instance);
      const serverId = server.id;
      const volumeId = server.volumes["0"]?.id ?? "";
      assert.equal((await instance.getVolume({ volumeId })).volume?.server?.id, serverId);
      await instance.serverAction({ serverId, action: "poweron" });
      emulator.advance(20);
      await instance.serverAction({ serverId, action: "terminate" });
      assert.equal((await readServer(instance, serverId)).stateDetail, "terminating");
      emulator.advance(20);
      await assert.rejects(instance.getServer({ serverId }), { resource: "instance_server" });
      await assert.rejects(instance.getVolume({ volumeId }), { resource: "instance_volume" });
    });

    test("the SDK waits for a server until it runs", async (t) => {
      const { api: instance, emulator } = await begin(t);
      const { id: serverId } = await aServer(instance);
      const running = instance.serverActionAndWait({ serverId, action: "poweron" });
      await t.waitFor(() => assert.equal(emulator.calls().byOperation["serverAction"], 1));
      emulator.advance(20);
      assert.equal((await running).state, "running");
    });
  });
}
