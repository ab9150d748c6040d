import assert from "node:assert/strict";
import type { Cloud } from "./a-cloud.ts";

export const LBS = "/lb/v1/zones/fr-par-1/lbs";
export const LB_IPS = "/lb/v1/zones/fr-par-1/ips";

/** A new load balancer that is ready, with an address that it was given. */
export async function aLoadBalancer(
  { call, pass }: Cloud,
  body: Record<string, unknown> = {},
): Promise<{ id: string; path: string; ipId: string }> {
  const reply = await call("POST", LBS, { name: "front", type: "LB-S", ...body });
  assert.equal(reply.status, 200, reply.text);
  pass(10);
  const { id, ip } = reply.json;
  return { id, path: `${LBS}/${id}`, ipId: ip[0]?.id };
}

/** A backend of it, for HTTP on port 80, with nobody behind it. */
export async function aBackend({ call }: Cloud, lb: { path: string }): Promise<string> {
  const reply = await call("POST", `${lb.path}/backends`, {
    name: "web",
    forward_protocol: "http",
    forward_port: 80,
    health_check: { port: 80 },
  });
  assert.equal(reply.status, 200, reply.text);
  return reply.json.id;
}
