import { z } from "zod";
import type { ResourceKind } from "../api/resource-kind.ts";
import { resourceView } from "../api/resource-view.ts";
import { queryFields, readQuery } from "./read-query.ts";
import type { RouteFactory } from "./route.ts";

const querySchema = z.strictObject({ account: queryFields.name, zone: queryFields.name });

/** `GET /v1/networks/:ref?account&zone`, by the cloud's id or name. */
export const getResource =
  (kind: ResourceKind): RouteFactory =>
  ({ commands }) => ({
    method: "GET",
    path: `/v1/${kind}s/:ref`,
    async handle({ request, param }) {
      const query = readQuery(request, querySchema);
      return Response.json(resourceView(await commands.findResource(kind, param("ref"), query)));
    },
  });
