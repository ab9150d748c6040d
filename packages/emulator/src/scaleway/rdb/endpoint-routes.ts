import { record } from "../../http/body.ts";
import { invalidArgument, notFound, preconditionFailed, transientState } from "../../http/refusal.ts";
import { json, noContent } from "../../http/route.ts";
import type { Answer, Call, Route } from "../../http/route.ts";
import { pathUuid } from "../../http/uuids.ts";
import { placeOf } from "../listed.ts";
import { putInstance, readyInstance } from "./found-instance.ts";
import { INSTANCES } from "./instance-routes.ts";
import { changeInstance } from "./instance-states.ts";
import { viewEndpoint } from "./instance-view.ts";
import { newPrivateEndpoint, wantedEndpoint } from "./private-endpoint.ts";
import { byEndpoint, instances } from "./rows.ts";
import type { Endpoint, InstanceRow } from "./rows.ts";

const ONE = "/rdb/v1/regions/{region}/endpoints/{id}";

/** By what addresses a database is reached. */
export function endpointRoutes(): Route[] {
  return [
    {
      operation: "createEndpoint",
      method: "POST",
      path: `${INSTANCES}/{id}/endpoints`,
      handle: createEndpoint,
    },
    {
      operation: "getEndpoint",
      method: "GET",
      path: ONE,
      handle(call) {
        const { row, endpoint } = endpointOf(call);
        return json(200, viewEndpoint(endpoint, row.zone));
      },
    },
    { operation: "deleteEndpoint", method: "DELETE", path: ONE, handle: deleteEndpoint },
  ];
}

function endpointOf(call: Call): { row: InstanceRow; endpoint: Endpoint } {
  const id = pathUuid(call, "endpoint_id");
  const [row] = instances(call.world).by(byEndpoint, id);
  const endpoint = row?.endpoints.find((one) => one.id === id);
  if (!row || !endpoint || row.zone !== placeOf(call)) throw notFound("endpoint", id);
  return { row, endpoint };
}

/** A public one is not there yet: the answer has no id. */
function createEndpoint(call: Call): Answer {
  const { world, now } = call;
  const row = readyInstance(call);
  const spec = record(call.body(), "endpoint_spec");
  if (!spec) throw invalidArgument("endpoint_spec", "required");
  const place = record(spec, "private_network");
  if (place) {
    const endpoint = newPrivateEndpoint(call, row, wantedEndpoint(call, place));
    const next = putInstance(call, row, { endpoints: [...row.endpoints, endpoint] });
    changeInstance(world, next, { status: "initializing" }, now);
    return json(200, viewEndpoint(endpoint, row.zone));
  }
  if (!record(spec, "load_balancer"))
    throw invalidArgument("endpoint_spec", "constraint", "not a valid value");
  if (row.endpoints.some(({ network }) => network === null))
    throw preconditionFailed(412, "resource_still_in_use", "the instance has a public endpoint already");
  changeInstance(world, row, { status: "initializing", pending: { addsPublicEndpoint: true } }, now);
  return json(200, { id: "", name: null, port: 0 });
}

function deleteEndpoint(call: Call): Answer {
  const { row, endpoint } = endpointOf(call);
  if (row.status !== "ready") throw transientState("instance", row.id, row.status);
  const pending = { removesEndpoint: endpoint.id };
  changeInstance(call.world, row, { status: "configuring", pending }, call.now);
  return noContent();
}
