import { json } from "../../../http/route.ts";
import type { Answer, Call } from "../../../http/route.ts";
import type { Catalog } from "../../catalog.ts";
import { createNic, networkOf } from "../create-nic.ts";
import { createServerAs } from "../create-server.ts";
import { attachFileSystem } from "../file-system-states.ts";
import { attachIp, newIp } from "../ip-routes.ts";
import { servers } from "../rows.ts";
import { asV1Body } from "./server-order.ts";
import type { ServerOrder } from "./server-order.ts";
import { viewServer } from "./server-view.ts";
import { plainText } from "./user-data-content.ts";

/** Makes a stopped server with all that the order names, or refuses before anything is made. */
export function makeServer(call: Call, catalog: Catalog, order: ServerOrder): Answer {
  const { world, now } = call;
  const body = asV1Body(catalog, call.params.zone ?? "", order);
  const networkIds = new Set(order.privateNetworkIds);
  for (const id of networkIds) networkOf(world, call.params.zone ?? "", id);
  return createServerAs(call, catalog, body, (row) => {
    const userData = Object.fromEntries(
      Object.entries(order.userData).map(([key, content]) => [key, plainText(content)]),
    );
    let made = servers(world).put({ ...row, userData }, now);
    for (const id of new Set(order.fileSystemIds)) made = attachFileSystem(world, made, id, now);
    for (const ip of order.newIps) attachIp(call, newIp(call, { ...ip, projectId: row.projectId }), row.id);
    for (const privateNetworkId of networkIds)
      createNic(world, { zone: row.zone, projectId: row.projectId, privateNetworkId, server: row }, now);
    return json(200, viewServer(world, servers(world).get(row.id) ?? row));
  });
}
