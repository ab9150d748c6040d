import { bodyPage } from "../../http/page.ts";
import { invalidArgument } from "../../http/refusal.ts";
import { json } from "../../http/route.ts";
import type { Answer, Call, Route } from "../../http/route.ts";
import { pathUuid, requiredUuid } from "../../http/uuids.ts";
import type { World } from "../../world.ts";
import { anyTag } from "../any-tag.ts";
import { containing, equal, found, listed, when } from "../listed.ts";
import { newNamedRow, renamed } from "../named-row.ts";
import { byProject, inOrganization, organizationOf } from "../project.ts";
import { checkQueriedIds } from "../queried-ids.ts";
import { deleteHandler } from "../delete-handler.ts";
import { viewOwned } from "./owned-view.ts";
import { isPeered, subnetOverlaps } from "./peering.ts";
import { vpcConnectors, vpcs } from "./rows.ts";
import type { VpcConnectorRow } from "./rows.ts";
import { vpcNamed } from "./vpc-routes.ts";

const CONNECTORS = "/vpc/v2/regions/{region}/vpc-connectors";

/** One half of a peering of two VPCs. */
export function connectorRoutes(): Route[] {
  const one = `${CONNECTORS}/{id}`;
  return [
    { operation: "listVPCConnectors", method: "GET", path: CONNECTORS, handle: listConnectors },
    { operation: "createVPCConnector", method: "POST", path: CONNECTORS, handle: createConnector },
    {
      operation: "getVPCConnector",
      method: "GET",
      path: one,
      handle: (call) => json(200, viewConnector(call.world, connectorOf(call))),
    },
    { operation: "updateVPCConnector", method: "PATCH", path: one, handle: updateConnector },
    {
      operation: "deleteVPCConnector",
      method: "DELETE",
      path: one,
      handle: deleteHandler(vpcConnectors, connectorOf),
    },
    {
      operation: "listSubnetOverlaps",
      method: "GET",
      path: `${one}/subnet-overlaps`,
      handle: (call) =>
        bodyPage(call, {
          key: "subnet_overlaps",
          rows: subnetOverlaps(call.world, connectorOf(call)),
          view: (row) => row,
        }),
    },
  ];
}

function connectorOf(call: Call): VpcConnectorRow {
  return found(call, vpcConnectors(call.world), {
    resource: "vpc_connector",
    id: pathUuid(call, "vpc_connector_id"),
  });
}

function listConnectors(call: Call): Answer {
  const { query, world } = call;
  checkQueriedIds(call, ["project_id", "organization_id", "vpc_id", "target_vpc_id"]);
  const rows = listed(call, vpcConnectors(world), [
    containing(query, "name", (row) => row.name),
    equal(query, "project_id", (row) => row.projectId, byProject),
    inOrganization(call),
    equal(query, "vpc_id", (row) => row.vpcId),
    equal(query, "target_vpc_id", (row) => row.targetVpcId),
    when(
      query,
      "status",
      (wanted, row) => wanted === "unknown_vpc_connector_status" || statusOf(world, row) === wanted,
    ),
    anyTag(query),
  ]);
  const order = query.get("order_by") ?? "created_at_asc";
  return bodyPage(call, { key: "vpc_connectors", rows, order, view: (row) => viewConnector(world, row) });
}

function createConnector(call: Call): Answer {
  const { world, now } = call;
  const body = call.body();
  const row = newNamedRow(call);
  const targetId = requiredUuid(body, "target_vpc_id");
  const vpc = vpcNamed(call, requiredUuid(body, "vpc_id"));
  if (targetId === vpc.id)
    throw invalidArgument("target_vpc_id", "constraint", "must be another VPC than the origin");
  const targetVpcId = vpcNamed(call, targetId).id;
  const made = vpcConnectors(world).put(
    { ...row, projectId: vpc.projectId, vpcId: vpc.id, targetVpcId },
    now,
  );
  return json(200, viewConnector(world, made));
}

function updateConnector(call: Call): Answer {
  const next = vpcConnectors(call.world).put(renamed(call, connectorOf(call)), call.now);
  return json(200, viewConnector(call.world, next));
}

/** It takes a connector from each side. */
function statusOf(world: World, row: VpcConnectorRow): "orphan" | "peered" | "conflict" {
  if (!isPeered(world, row)) return "orphan";
  return subnetOverlaps(world, row).length > 0 ? "conflict" : "peered";
}

function viewConnector(world: World, row: VpcConnectorRow): Record<string, unknown> {
  const status = statusOf(world, row);
  const target = vpcs(world).get(row.targetVpcId);
  return {
    ...viewOwned(world, row),
    vpc_id: row.vpcId,
    target_vpc_id: row.targetVpcId,
    status,
    ...(status === "peered" && target
      ? {
          peer_info: {
            organization_id: organizationOf(world, target.projectId),
            project_id: target.projectId,
            vpc_name: target.name,
          },
        }
      : {}),
  };
}
