import { z } from "zod";
import type { ResourceKind } from "../api/resource-kind.ts";
import { resourceView } from "../api/resource-view.ts";
import { queryFields, readQuery } from "./read-query.ts";
import type { RouteFactory } from "./route.ts";

const { name, all: flag } = queryFields;
const querySchema = z.strictObject({ account: name, zone: name, force: flag });

/** `DELETE /v1/networks/:ref?account&zone&force`: answered with what it was, when it is gone. */
export const deleteResource =
  (kind: ResourceKind): RouteFactory =>
  ({ commands }) => ({
    method: "DELETE",
    path: `/v1/${kind}s/:ref`,
    async handle({ request, param }) {
      const query = readQuery(request, querySchema);
      return Response.json(resourceView(await commands.deleteResource(kind, param("ref"), query)));
    },
  });
