import { flag, integer, one, records, text } from "../../http/body.ts";
import type { Body } from "../../http/body.ts";
import { invalidArgument } from "../../http/refusal.ts";
import { json } from "../../http/route.ts";
import type { Answer, Call, Route } from "../../http/route.ts";
import { queriedFlag } from "../listed.ts";
import { isIpv6Block, requiredBlock } from "./blocks.ts";
import type { Acl, AclRule } from "./rows.ts";
import { changeVpc, vpcOf } from "./vpc-routes.ts";

const ACL = "/vpc/v2/regions/{region}/vpcs/{id}/acl-rules";
const POLICIES = ["unknown_action", "accept", "drop"] as const;
const MOST_PORT = 65_536;

/** What a VPC lets pass between its networks, set as a whole for each family. */
export function aclRoutes(): Route[] {
  return [
    {
      operation: "getAcl",
      method: "GET",
      path: ACL,
      handle: (call) =>
        json(200, viewAcl(vpcOf(call).acls[family(queriedFlag(call.query, "is_ipv6") ?? false)])),
    },
    { operation: "setAcl", method: "PUT", path: ACL, handle: setAcl },
  ];
}

function setAcl(call: Call): Answer {
  const vpc = vpcOf(call);
  const body = call.body();
  const isIpv6 = flag(body, "is_ipv6", false);
  const acl: Acl = {
    rules: (records(body, "rules") ?? []).map((rule) => ruleOf(rule, isIpv6)),
    defaultPolicy: policy(body, "default_policy"),
  };
  changeVpc(call, vpc, { acls: { ...vpc.acls, [family(isIpv6)]: acl } });
  return json(200, viewAcl(acl));
}

function family(isIpv6: boolean): "ipv4" | "ipv6" {
  return isIpv6 ? "ipv6" : "ipv4";
}

function ruleOf(body: Body, isIpv6: boolean): AclRule {
  return {
    protocol: one(body, "protocol", ["ANY", "TCP", "UDP", "ICMP"]) ?? "ANY",
    source: blockOf(body, "source", isIpv6),
    srcPortLow: port(body, "src_port_low"),
    srcPortHigh: port(body, "src_port_high"),
    destination: blockOf(body, "destination", isIpv6),
    dstPortLow: port(body, "dst_port_low"),
    dstPortHigh: port(body, "dst_port_high"),
    action: policy(body, "action"),
    description: text(body, "description") ?? null,
  };
}

function blockOf(body: Body, name: string, isIpv6: boolean): string {
  const block = requiredBlock(body, name);
  if (isIpv6Block(block) !== isIpv6)
    throw invalidArgument(name, "constraint", `must be an ${isIpv6 ? "IPv6" : "IPv4"} block`);
  return block;
}

/** Clients that do not care send an empty text. */
function policy(body: Body, name: string): string {
  return text(body, name) ? (one(body, name, POLICIES) ?? "unknown_action") : "unknown_action";
}

function port(body: Body, name: string): number {
  const value = integer(body, name) ?? 0;
  if (value < 0 || value > MOST_PORT)
    throw invalidArgument(name, "constraint", `must be between 0 and ${MOST_PORT}`);
  return value;
}

function viewAcl(acl: Acl): Record<string, unknown> {
  return {
    rules: acl.rules.map((rule) => ({
      protocol: rule.protocol,
      source: rule.source,
      src_port_low: rule.srcPortLow,
      src_port_high: rule.srcPortHigh,
      destination: rule.destination,
      dst_port_low: rule.dstPortLow,
      dst_port_high: rule.dstPortHigh,
      action: rule.action,
      description: rule.description,
    })),
    default_policy: acl.defaultPolicy,
  };
}
