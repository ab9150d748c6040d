import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Instancev1 } from "@scaleway/sdk-instance";
import { Ipamv1 } from "@scaleway/sdk-ipam";
import type { Begin } from "../driving.ts";
import { aServer, readServer } from "./a-server.ts";

export function ips(begin: Begin<Instancev1.API>): void {
  describe("addresses", () => {
    test("an address is reserved, tagged, found by itself and released", async (t) => {
      const { api: instance, projectId } = await begin(t);
      const ip = await anIp(instance, { tags: ["front"] });
      assert.match(ip.address, /^\d+\.\d+\.\d+\.\d+$/);
      assert.deepEqual(
        [ip.type, ip.state, ip.server, ip.project, ip.tags],
        ["routed_ipv4", "detached", undefined, projectId, ["front"]],
      );
      await instance.updateIp({ ip: ip.id, tags: ["back"] });
      assert.deepEqual((await instance.getIp({ ip: ip.address })).ip?.tags, ["back"]);
      await instance.deleteIp({ ip: ip.id });
      await assert.rejects(instance.getIp({ ip: ip.id }), {
        name: "ResourceNotFoundError",
        resource: "instance_ip",
      });
    });

    test("an IPv6 is a prefix, from which the server takes its address", async (t) => {
      const { api: instance } = await begin(t);
      const { id: serverId } = await aServer(instance);
      const ip = await anIp(instance, { type: "routed_ipv6", server: serverId });
      assert.match(ip.prefix, /::\/64$/);
      const [shown] = (await readServer(instance, serverId)).publicIps;
      assert.deepEqual([shown?.id, shown?.family, shown?.netmask], [ip.id, "inet6", "64"]);
      assert.ok(shown?.address.startsWith(ip.prefix.replace(/:\/64$/, "")));
    });

    test("an address moves between servers by way of none", async (t) => {
      const { api: instance } = await begin(t);
      const ip = await anIp(instance);
      const blue = await aServer(instance, { name: "blue", publicIps: [ip.id] });
      const green = await aServer(instance, { name: "green" });
      assert.equal(blue.publicIp?.address, ip.address);
      await assert.rejects(instance.updateIp({ ip: ip.id, server: green.id }), {
        name: "PreconditionFailedError",
        precondition: "resource_still_in_use",
      });
      await instance.updateIp({ ip: ip.id, server: null });
      assert.deepEqual((await readServer(instance, blue.id)).publicIps, []);
      const moved = (await instance.updateIp({ ip: ip.id, server: green.id })).ip;
      assert.deepEqual([moved?.state, moved?.server], ["attached", { id: green.id, name: "green" }]);
      await instance.updateServer({ serverId: green.id, publicIps: [] });
      assert.equal((await instance.getIp({ ip: ip.id })).ip?.state, "detached");
    });

    test("an address that is released to IPAM is no longer the instance's, but still reserved", async (t) => {
      const { api: instance, use } = await begin(t);
      const ip = await anIp(instance);
      await instance.releaseIpToIpam({ ipId: ip.id });
      await assert.rejects(instance.getIp({ ip: ip.id }), { resource: "instance_ip" });
      const kept = await use(Ipamv1.API).getIP({ ipId: ip.ipamId });
      assert.deepEqual([kept.address.split("/")[0], kept.resource], [ip.address, undefined]);
    });

    test("the cloud shows 50 at once unless asked otherwise; the SDK asks for the others", async (t) => {
      const { api: instance } = await begin(t);
      for (let i = 0; i < 51; i++) await anIp(instance);
      const { ips, totalCount } = await instance.listIps();
      assert.deepEqual([ips.length, totalCount], [50, 51]);
      const all = await instance.listIps().all();
      assert.equal(new Set(all.map(({ id }) => id)).size, 51);
    });

    test("lists come in pages and are filtered", async (t) => {
      const { api: instance } = await begin(t);
      for (let i = 0; i < 5; i++)
        await anIp(instance, { type: i < 2 ? "routed_ipv6" : "routed_ipv4", tags: [`t${i}`] });
      assert.equal((await instance.listIps({ perPage: 2 })).totalCount, 5);
      const sizes: number[] = [];
      for await (const page of instance.listIps({ perPage: 2 })) sizes.push(page.length);
      assert.deepEqual(sizes, [2, 2, 1]);
      assert.equal((await instance.listIps({ perPage: 2 }).all()).length, 5);
      assert.equal((await instance.listIps({ type: "routed_ipv6" })).totalCount, 2);
      assert.equal((await instance.listIps({ tags: ["t4"] })).totalCount, 1);
    });
  });
}

async function anIp(
  instance: Instancev1.API,
  given: Instancev1.CreateIpRequest = {},
): Promise<Instancev1.Ip> {
  return (await instance.createIp(given)).ip!;
}
