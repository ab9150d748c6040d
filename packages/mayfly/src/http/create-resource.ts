import { createResourceSchemas } from "../api/create-resource.ts";
import type { CreateResource } from "../api/create-resource.ts";
import type { ResourceKind } from "../api/resource-kind.ts";
import { resourceView } from "../api/resource-view.ts";
import { readJson } from "./read-json.ts";
import type { RouteFactory } from "./route.ts";
import { validate } from "./validate.ts";

/** `POST /v1/networks`: the one of that name, found or made; answered when it is there. */
export const createResource =
  <K extends ResourceKind>(kind: K): RouteFactory =>
  ({ commands }) => ({
    method: "POST",
    path: `/v1/${kind}s`,
    async handle({ request }) {
      const wanted = validate(createResourceSchemas[kind], await readJson(request)) as CreateResource[K];
      return Response.json(resourceView(await commands.createResource(kind, wanted)));
    },
  });
