import assert from "node:assert/strict";
import { test } from "node:test";
import { aCloud } from "../../testing/a-cloud.ts";
import { ADDRESSES, aNetwork, aVpc, expectRefusal } from "../../testing/a-network.ts";
import { UNKNOWN } from "../../testing/ids.ts";

const REGION = "/vpc/v2/regions/fr-par";
const RULES = `${REGION}/ingress-rules`;
const NOTHING = { status: 404, about: '"resource":"unknown","resource_id":""' };

test("an ingress rule sends what comes in to an address", async () => {
  const cloud = aCloud();
  const { call, emulator } = cloud;
  const vpc_id = await aVpc(cloud);
  const network = await aNetwork(cloud, { vpc_id });
  const booked = await call("POST", ADDRESSES, { source: { private_network_id: network.id } });
  const good = {
    vpc_id,
    source: "10.9.0.0/24",
    nexthop_resource_ip: booked.json.address.split("/")[0],
    nexthop_private_network_id: network.id,
    description: "in",
    tags: ["a"],
  };
  const made = (await call("POST", RULES, good)).json;
  assert.equal(made.is_ipv6, false);
  await call("POST", RULES, { ...good, source: "fd00::/64", description: "six", tags: [] });
  for (const [query, found] of [
    ["", ["in", "six"]],
    ["order_by=prefix_len_desc", ["six", "in"]],
    ["order_by=source_desc", ["six", "in"]],
    ["is_ipv6=true", ["six"]],
    ["tags=a", ["in"]],
    [`vpc_id=${vpc_id}`, ["in", "six"]],
    [`nexthop_private_network_id=${UNKNOWN}`, []],
    [`nexthop_resource_ip=${good.nexthop_resource_ip}`, ["in", "six"]],
  ] as const) {
    const { rules } = (await call("GET", `${RULES}?${query}`)).json;
    assert.deepEqual(
      rules.map(({ description }: { description: string }) => description),
      found,
      query,
    );
  }
  const path = `${RULES}/${made.id}`;
  const changed = await call("PATCH", path, { description: "inward", tags: [] });
  assert.deepEqual([changed.json.description, changed.json.source], ["inward", "10.9.0.0/24"]);
  assert.ok(emulator.leftovers().others.some(({ kind }) => kind === "ingressRule"));

  const refusals: [Record<string, unknown>, number, string][] = [
    [{ vpc_id: UNKNOWN }, 404, '"resource":"vpc"'],
    [{ nexthop_private_network_id: UNKNOWN }, 404, '"resource":"private_network"'],
    [{ nexthop_private_network_id: undefined }, 400, "required"],
    [{ source: "b" }, 400, '"source","reason":"format"'],
    [{ nexthop_resource_ip: undefined }, 400, "required"],
    [{ nexthop_resource_ip: "b" }, 400, "nexthop_resource_ip"],
  ];
  for (const [change, status, about] of refusals)
    await expectRefusal(cloud, ["POST", RULES, { ...good, ...change }], { status, about });
  assert.equal((await call("DELETE", path)).status, 204);
  for (const method of ["GET", "PATCH", "DELETE"]) await expectRefusal(cloud, [method, path, {}], NOTHING);
});
