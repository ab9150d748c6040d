import { notFound } from "../../http/refusal.ts";
import { json } from "../../http/route.ts";
import type { Route } from "../../http/route.ts";
import type { Product } from "../../product.ts";
import { zuluDate } from "../dates.ts";
import { uuidOf } from "../seed/images.ts";

const MADE_AT = Date.UTC(2026, 0, 1);

/** Enough to see whether credentials are good: every well-formed access key exists. */
export function iam(): Product {
  const routes: Route[] = [
    {
      operation: "getAPIKey",
      method: "GET",
      path: "/iam/v1alpha1/api-keys/{accessKey}",
      handle(call) {
        const { accessKey = "" } = call.params;
        if (!/^SCW[A-Z0-9]{17}$/.test(accessKey)) throw notFound("access_key", accessKey);
        return json(200, {
          access_key: accessKey,
          secret_key: null,
          application_id: uuidOf("application"),
          description: "mayfly",
          created_at: zuluDate(MADE_AT),
          updated_at: zuluDate(MADE_AT),
          expires_at: null,
          default_project_id: call.world.projectId,
          editable: true,
          deletable: true,
          managed: false,
          creation_ip: "51.15.0.1",
        });
      },
    },
  ];
  return { routes };
}
