import { required, text, texts } from "../../http/body.ts";
import type { Body } from "../../http/body.ts";
import { bodyPage } from "../../http/page.ts";
import { invalidArgument } from "../../http/refusal.ts";
import { json } from "../../http/route.ts";
import type { Answer, Call, Route } from "../../http/route.ts";
import { requiredUuid, uuid } from "../../http/uuids.ts";
import type { World } from "../../world.ts";
import { anyTag } from "../any-tag.ts";
import { parseCidr } from "../cidr.ts";
import { zuluDate } from "../dates.ts";
import { parseIp } from "../ip-address.ts";
import { equal, flagged, listed } from "../listed.ts";
import { byProject, inOrganization, organizationOf } from "../project.ts";
import { checkQueriedIds } from "../queried-ids.ts";
import { deleteHandler } from "../delete-handler.ts";
import { givenBlock, isIpv6Block, requiredBlock } from "./blocks.ts";
import { foundUnknown } from "./found-unknown.ts";
import { networkNamed } from "./network-routes.ts";
import { ingressRules } from "./rows.ts";
import type { IngressRuleRow } from "./rows.ts";
import { vpcNamed } from "./vpc-routes.ts";

const RULES = "/vpc/v2/regions/{region}/ingress-rules";

/** Where a VPC sends what comes in from outside. */
export function ingressRuleRoutes(): Route[] {
  const one = `${RULES}/{id}`;
  return [
    { operation: "listIngressRules", method: "GET", path: RULES, handle: listRules },
    { operation: "createIngressRule", method: "POST", path: RULES, handle: createRule },
    {
      operation: "getIngressRule",
      method: "GET",
      path: one,
      handle: (call) => json(200, viewRule(call.world, ruleOf(call))),
    },
    { operation: "updateIngressRule", method: "PATCH", path: one, handle: updateRule },
    {
      operation: "deleteIngressRule",
      method: "DELETE",
      path: one,
      handle: deleteHandler(ingressRules, ruleOf),
    },
  ];
}

function ruleOf(call: Call): IngressRuleRow {
  return foundUnknown(call, ingressRules(call.world), "rule_id");
}

function listRules(call: Call): Answer {
  const { query, world } = call;
  checkQueriedIds(call, ["project_id", "organization_id", "vpc_id", "nexthop_private_network_id"]);
  const rows = listed(call, ingressRules(world), [
    equal(query, "project_id", (row) => row.projectId, byProject),
    inOrganization(call),
    equal(query, "vpc_id", (row) => row.vpcId),
    equal(query, "nexthop_private_network_id", (row) => row.nexthopPrivateNetworkId),
    equal(query, "nexthop_resource_ip", (row) => row.nexthopResourceIp),
    flagged(query, "is_ipv6", (row) => isIpv6Block(row.source)),
    anyTag(query),
  ]);
  const order = query.get("order_by") ?? "created_at_asc";
  return bodyPage(call, {
    key: "rules",
    rows: sorted(rows, order),
    order,
    view: (row) => viewRule(world, row),
  });
}

function sorted(rows: readonly IngressRuleRow[], order: string): readonly IngressRuleRow[] {
  const block = (row: IngressRuleRow) => parseCidr(row.source);
  if (order.startsWith("source"))
    return rows.toSorted((a, b) => Number((block(a)?.first ?? 0n) - (block(b)?.first ?? 0n)));
  if (order.startsWith("prefix_len"))
    return rows.toSorted((a, b) => (block(a)?.length ?? 0) - (block(b)?.length ?? 0));
  return rows;
}

function createRule(call: Call): Answer {
  const { world, now } = call;
  const body = call.body();
  const description = text(body, "description") ?? "";
  const source = requiredBlock(body, "source");
  required(body, "nexthop_resource_ip");
  const nexthopResourceIp = resourceIp(body) ?? "";
  const networkId = requiredUuid(body, "nexthop_private_network_id");
  const vpc = vpcNamed(call, requiredUuid(body, "vpc_id"));
  const row: IngressRuleRow = {
    id: world.random.uuid(),
    name: description,
    zone: vpc.zone,
    tags: texts(body, "tags") ?? [],
    createdAt: now,
    modifiedAt: now,
    projectId: vpc.projectId,
    vpcId: vpc.id,
    description,
    source,
    nexthopResourceIp,
    nexthopPrivateNetworkId: networkNamed(call, networkId).id,
  };
  return json(200, viewRule(world, ingressRules(world).put(row, now)));
}

function updateRule(call: Call): Answer {
  const row = ruleOf(call);
  const body = call.body();
  const description = text(body, "description") ?? row.description;
  const networkId = uuid(body, "nexthop_private_network_id");
  const next: IngressRuleRow = {
    ...row,
    name: description,
    description,
    tags: texts(body, "tags") ?? row.tags,
    source: givenBlock(body, "source") ?? row.source,
    nexthopResourceIp: resourceIp(body) ?? row.nexthopResourceIp,
    nexthopPrivateNetworkId: networkId ? networkNamed(call, networkId).id : row.nexthopPrivateNetworkId,
    modifiedAt: call.now,
  };
  return json(200, viewRule(call.world, ingressRules(call.world).put(next, call.now)));
}

function resourceIp(body: Body): string | undefined {
  const ip = text(body, "nexthop_resource_ip");
  if (ip !== undefined && !parseIp(ip))
    throw invalidArgument("nexthop_resource_ip", "format", "value must be a valid IP address");
  return ip;
}

function viewRule(world: World, row: IngressRuleRow): Record<string, unknown> {
  return {
    id: row.id,
    description: row.description,
    tags: row.tags,
    vpc_id: row.vpcId,
    organization_id: organizationOf(world, row.projectId),
    project_id: row.projectId,
    source: row.source,
    is_ipv6: isIpv6Block(row.source),
    nexthop_resource_ip: row.nexthopResourceIp,
    nexthop_private_network_id: row.nexthopPrivateNetworkId,
    created_at: zuluDate(row.createdAt),
    updated_at: zuluDate(row.modifiedAt),
    region: row.zone,
  };
}
