import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Instancev1 } from "@scaleway/sdk-instance";
import { SENTINELS } from "../../scaleway/seed/sentinels.ts";
import type { Begin } from "../driving.ts";
import { aServer } from "./a-server.ts";

export function products(begin: Begin<Instancev1.API>): void {
  describe("products", () => {
    test("server types have a size and a price, and come in pages by name", async (t) => {
      const { api: instance } = await begin(t);
      const types = new Map<string, Instancev1.ServerType>();
      let total = 1;
      for (let page = 1; types.size < total; page++) {
        const { servers, totalCount } = await instance.listServersTypes({ page, perPage: 50 });
        for (const [name, type] of Object.entries(servers)) types.set(name, type);
        total = totalCount;
      }
      const small = types.get("DEV1-S");
      assert.deepEqual([small?.arch, small?.ncpus, small?.ram], ["x86_64", 2, 2 * 2 ** 30]);
      assert.ok(small && small.hourlyPrice > 0 && small.hourlyPrice < 0.02);
      assert.deepEqual(small.perVolumeConstraint?.lSsd?.maxSize, 800e9);
      assert.equal(small.network?.interfaces.length, 1);
      assert.equal(types.get("L4-1-24G")?.gpuInfo?.gpuName, "L4");
    });

    test("what is out of stock says so", async (t) => {
      const { api: instance } = await begin(t);
      const { servers, totalCount } = await instance.getServerTypesAvailability({ perPage: 100 });
      const more = await instance.getServerTypesAvailability({ perPage: 100, page: 2 });
      const all = { ...servers, ...more.servers };
      assert.equal(Object.keys(all).length, totalCount);
      assert.equal(all["DEV1-S"]?.availability, "available");
      assert.equal(all[SENTINELS.outOfStock]?.availability, "shortage");
    });

    test("volume types say whether they can be snapshotted", async (t) => {
      const { api: instance } = await begin(t);
      const { volumes } = await instance.listVolumesTypes();
      assert.equal(volumes["l_ssd"]?.capabilities?.snapshot, true);
      assert.equal(volumes["scratch"]?.capabilities?.snapshot, false);
      assert.equal(volumes["l_ssd"]?.constraints?.min, 1e9);
    });

    test("a server knows which types it can become", async (t) => {
      const { api: instance } = await begin(t);
      const { id: serverId } = await aServer(instance);
      const { compatibleTypes } = await instance.getServerCompatibleTypes({ serverId });
      assert.ok(compatibleTypes.includes("DEV1-M"));
      assert.ok(!compatibleTypes.some((name) => name.startsWith("COPARM1-")));
    });

    test("the dashboard counts what the project has", async (t) => {
      const { api: instance } = await begin(t);
      const { id: serverId } = await aServer(instance);
      await instance.createIp({ server: serverId });
      await instance.createIp({});
      await instance.createVolume({ name: "data", volumeType: "l_ssd", size: 5e9 });
      const { dashboard } = await instance.getDashboard();
      assert.deepEqual(
        [dashboard?.serversCount, dashboard?.runningServersCount, dashboard?.serversByTypes],
        [1, 0, { "DEV1-S": 1 }],
      );
      assert.deepEqual([dashboard?.ipsCount, dashboard?.ipsUnused], [2, 1]);
      assert.deepEqual([dashboard?.volumesLSsdCount, dashboard?.volumesLSsdTotalSize], [1, 5e9]);
    });
  });
}
