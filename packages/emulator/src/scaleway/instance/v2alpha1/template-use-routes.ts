import { required } from "../../../http/body.ts";
import { noContent } from "../../../http/route.ts";
import type { Call, Route } from "../../../http/route.ts";
import type { Catalog } from "../../catalog.ts";
import { networkOf } from "../create-nic.ts";
import { placementGroupOf } from "../placement-group.ts";
import { securityGroupNamed } from "../security-groups.ts";
import { makeServer } from "./make-server.ts";
import { asV1Body } from "./server-order.ts";
import type { ServerOrder } from "./server-order.ts";
import { TEMPLATES, templateOf } from "./template-routes.ts";
import type { TemplateRow } from "./template-rows.ts";

/** What a template is for. */
export function templateUseRoutes(catalog: Catalog): Route[] {
  return [
    {
      operation: "checkTemplate",
      method: "GET",
      path: `${TEMPLATES}/{id}/check`,
      handle(call) {
        check(call, catalog, templateOf(call));
        return noContent();
      },
    },
    {
      operation: "createServerFromTemplate",
      method: "POST",
      path: `${TEMPLATES}/{id}/create-server`,
      handle(call) {
        const row = templateOf(call);
        return makeServer(call, catalog, orderOf(row, required(call.body(), "name")));
      },
    },
  ];
}

/** Refuses as a create from it would, as far as that needs no create. */
function check(call: Call, catalog: Catalog, row: TemplateRow): void {
  asV1Body(catalog, row.zone, orderOf(row, row.name));
  if (row.securityGroupId !== null) securityGroupNamed(call.world, row.zone, row.securityGroupId);
  placementGroupOf(call.world, row.zone, { placement_group: row.placementGroupId });
  for (const id of row.privateNetworkIds) networkOf(call.world, row.zone, id);
}

function orderOf(row: TemplateRow, name: string): ServerOrder {
  const ips = (count: number, family: "inet" | "inet6"): ServerOrder["newIps"] =>
    Array.from({ length: count }, () => ({ family, tags: [] }));
  return {
    name,
    projectId: row.projectId,
    tags: row.serverTags,
    serverType: row.serverType,
    securityGroupId: row.securityGroupId,
    placementGroupId: row.placementGroupId,
    rdpKeyId: row.rdpKeyId,
    volumes: row.volumes,
    ipIds: [],
    newIps: [...ips(row.ipv4Count, "inet"), ...ips(row.ipv6Count, "inet6")],
    privateNetworkIds: row.privateNetworkIds,
    fileSystemIds: row.fileSystemIds,
    userData: row.userData,
  };
}
