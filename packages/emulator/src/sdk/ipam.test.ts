import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Instancev1 } from "@scaleway/sdk-instance";
import { Ipamv1 } from "@scaleway/sdk-ipam";
import { Vpcv2 } from "@scaleway/sdk-vpc";
import { driving } from "./driving.ts";
import { aServer } from "./instance/a-server.ts";
import type { Stage } from "./stage.ts";

const { begin, everyMethodIsDriven, everyAnswerIsAsPromised } = driving(Ipamv1.API, {
  package: "@scaleway/sdk-ipam",
  version: "v1",
});

describe("ipam v1, through the official SDK", () => {
  test("an address of a private network is booked, retagged and released", async (t) => {
    const { api: ipam, beganAt, projectId, use } = await begin(t);
    const network = await aNetwork(use);
    const ip = await ipam.bookIP({
      source: { privateNetworkId: network.id },
      isIpv6: false,
      tags: ["db"],
    });
    assert.match(ip.address, /^172\.\d+\.\d+\.\d+\/22$/);
    assert.deepEqual(
      [ip.isIpv6, ip.tags, ip.projectId, ip.resource, ip.reverses, ip.region],
      [false, ["db"], projectId, undefined, [], "fr-par"],
    );
    assert.deepEqual(ip.createdAt, beganAt);
    assert.ok(network.subnets.some(({ id }) => id === ip.source?.subnetId));
    const ipId = ip.id;
    await ipam.updateIP({ ipId, tags: ["web"], reverses: [{ hostname: "db.example.com" }] });
    const read = await ipam.getIP({ ipId });
    assert.deepEqual([read.tags, read.reverses[0]?.hostname], [["web"], "db.example.com"]);
    await ipam.releaseIP({ ipId });
    await assert.rejects(ipam.getIP({ ipId }), { name: "ResourceNotFoundError", resource: "ip" });
  });

  test("a certain address is booked once", async (t) => {
    const { api: ipam, use } = await begin(t);
    const network = await aNetwork(use, ["192.168.7.0/24"]);
    const request = { source: { privateNetworkId: network.id }, isIpv6: false, address: "192.168.7.42" };
    assert.equal((await ipam.bookIP(request)).address, "192.168.7.42/24");
    await assert.rejects(ipam.bookIP(request), { name: "InvalidArgumentsError" });
  });

  test("an address is attached to a machine of one's own, moved and detached", async (t) => {
    const { api: ipam, use } = await begin(t);
    const network = await aNetwork(use);
    const { id: ipId } = await ipam.bookIP({ source: { privateNetworkId: network.id }, isIpv6: false });
    const blue = { macAddress: "02:00:00:00:00:01", name: "blue" };
    const green = { macAddress: "02:00:00:00:00:02", name: "green" };
    const attached = await ipam.attachIP({ ipId, resource: blue });
    assert.deepEqual([attached.resource?.type, attached.resource?.name], ["custom", "blue"]);
    const moved = await ipam.moveIP({ ipId, fromResource: blue, toResource: green });
    assert.equal(moved.resource?.name, "green");
    await ipam.detachIP({ ipId, resource: green });
    assert.equal((await ipam.getIP({ ipId })).resource, undefined);
  });

  test("a private network interface takes a booked address, which then cannot be released", async (t) => {
    const { api: ipam, use } = await begin(t);
    const instance = use(Instancev1.API);
    const { id: privateNetworkId } = await aNetwork(use);
    const ip = await ipam.bookIP({ source: { privateNetworkId }, isIpv6: false });
    const { id: serverId } = await aServer(instance);
    const { privateNic } = await instance.createPrivateNIC({
      serverId,
      privateNetworkId,
      ipamIpIds: [ip.id],
    });
    const held = await ipam.getIP({ ipId: ip.id });
    assert.deepEqual([held.resource?.type, held.resource?.id], ["instance_private_nic", privateNic?.id]);
    const byNic = await ipam.listIPs({ resourceId: privateNic?.id, isIpv6: false }).all();
    assert.deepEqual(
      byNic.map(({ id }) => id),
      [ip.id],
    );
    await assert.rejects(ipam.releaseIP({ ipId: ip.id }), { name: "PreconditionFailedError" });
  });

  test("lists come in pages and are filtered, and a set is released at once", async (t) => {
    const { api: ipam, use } = await begin(t);
    const { id: privateNetworkId, vpcId } = await aNetwork(use);
    const { id: other } = await aNetwork(use);
    for (let i = 0; i < 5; i++)
      await ipam.bookIP({ source: { privateNetworkId }, isIpv6: i === 4, tags: [`t${i}`] });
    await ipam.bookIP({ source: { privateNetworkId: other }, isIpv6: false });
    const request = { privateNetworkId, pageSize: 2 };
    assert.equal((await ipam.listIPs(request)).totalCount, 5);
    const all = await ipam.listIPs(request).all();
    assert.equal(all.length, 5);
    assert.equal((await ipam.listIPs({ isIpv6: true, privateNetworkId })).totalCount, 1);
    assert.equal((await ipam.listIPs({ tags: ["t3"] })).totalCount, 1);
    assert.equal((await ipam.listIPs({ vpcId, attached: false })).totalCount, 6);
    await ipam.releaseIPSet({ ipIds: all.map(({ id }) => id) });
    assert.equal((await ipam.listIPs({ privateNetworkId })).totalCount, 0);
  });

  test("a reserved public address is there too, by its zone", async (t) => {
    const { api: ipam, use } = await begin(t);
    const { ip } = await use(Instancev1.API).createIp({});
    const read = await ipam.getIP({ ipId: ip?.ipamId ?? "" });
    assert.deepEqual([read.source?.zonal, read.address.split("/")[0]], ["fr-par-1", ip?.address]);
    assert.equal((await ipam.listIPs({ zonal: "fr-par-1" })).totalCount, 1);
  });

  everyMethodIsDriven({});
  everyAnswerIsAsPromised();
});

function aNetwork(use: Stage["use"], subnets?: string[]): Promise<Vpcv2.PrivateNetwork> {
  return use(Vpcv2.API).createPrivateNetwork({ defaultRoutePropagationEnabled: false, subnets });
}
