import assert from "node:assert/strict";
import { test } from "node:test";
import { aCloud } from "../../testing/a-cloud.ts";
import { aVpc, expectRefusal, VPCS } from "../../testing/a-network.ts";
import { UNKNOWN } from "../../testing/ids.ts";

test("the rules of a VPC are set as a whole for each family", async () => {
  const cloud = aCloud();
  const { call } = cloud;
  const path = `${VPCS}/${await aVpc(cloud)}/acl-rules`;
  assert.deepEqual((await call("GET", `${path}?is_ipv6=false`)).json, {
    rules: [],
    default_policy: "accept",
  });
  const rule = {
    protocol: "TCP",
    source: "0.0.0.0/0",
    src_port_low: 0,
    src_port_high: 0,
    destination: "10.0.0.0/8",
    dst_port_low: 443,
    dst_port_high: 443,
    action: "accept",
    description: "web",
  };
  const acl = { rules: [rule], default_policy: "drop" };
  assert.deepEqual((await call("PUT", path, { ...acl, is_ipv6: false })).json, acl);
  assert.deepEqual((await call("GET", path)).json, acl);
  assert.deepEqual((await call("GET", `${path}?is_ipv6=true`)).json.rules, []);
  for (const [change, about] of [
    [{ protocol: "FTP" }, "protocol"],
    [{ action: "maybe" }, "action"],
    [{ source: "b" }, "source"],
    [{ destination: "fd00::/64" }, "IPv4 block"],
    [{ dst_port_high: 70_000 }, "dst_port_high"],
  ] as const)
    await expectRefusal(cloud, ["PUT", path, { ...acl, rules: [{ ...rule, ...change }] }], {
      status: 400,
      about,
    });
  await expectRefusal(cloud, ["PUT", path, { rules: "b", default_policy: "drop" }], {
    status: 400,
    about: "rules",
  });
  assert.deepEqual((await call("PUT", path, { rules: null, default_policy: "accept" })).json.rules, []);
  const unknown = `${VPCS}/${UNKNOWN}/acl-rules`;
  for (const method of ["GET", "PUT"])
    await expectRefusal(cloud, [method, unknown, acl], { status: 404, about: '"resource":"vpc"' });
});
