import assert from "node:assert/strict";
import type { Cloud } from "./a-cloud.ts";

export const VPCS = "/vpc/v2/regions/fr-par/vpcs";
export const NETWORKS = "/vpc/v2/regions/fr-par/private-networks";
export const ADDRESSES = "/ipam/v1/regions/fr-par/ips";
export const INTERFACES = "/instance/v2alpha1/zones/fr-par-1/private-network-interfaces";

interface Network {
  id: string;
  path: string;
  vpcId: string;
  /** IPv4 before IPv6. */
  subnets: { id: string; subnet: string }[];
}

/** A new private network, in the default VPC unless told otherwise. */
export async function aNetwork({ call }: Cloud, body: Record<string, unknown> = {}): Promise<Network> {
  const reply = await call("POST", NETWORKS, { name: "lan", ...body });
  assert.equal(reply.status, 200, reply.text);
  const { id, vpc_id, subnets } = reply.json;
  return { id, path: `${NETWORKS}/${id}`, vpcId: vpc_id, subnets };
}

export async function aVpc({ call }: Cloud, body: Record<string, unknown> = {}): Promise<string> {
  const reply = await call("POST", VPCS, { name: "core", ...body });
  assert.equal(reply.status, 200, reply.text);
  return reply.json.id;
}

interface Refusal {
  status: number;
  /** Part of the answer's text. */
  about: string;
}

/** The call is refused like that. */
export async function expectRefusal(
  { call }: Cloud,
  [method, path, body]: [method: string, path: string, body?: unknown],
  { status, about }: Refusal,
): Promise<void> {
  const reply = await call(method, path, method === "GET" ? undefined : body);
  const what = `${method} ${path} ${JSON.stringify(body)}: ${reply.text}`;
  assert.equal(reply.status, status, what);
  assert.ok(reply.text.includes(about), what);
}
