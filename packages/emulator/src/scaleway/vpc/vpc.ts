import { holding } from "../../product.ts";
import type { Product } from "../../product.ts";
import { aclRoutes } from "./acl-routes.ts";
import { connectorRoutes } from "./connector-routes.ts";
import { customRouteRoutes } from "./custom-route-routes.ts";
import { ingressRuleRoutes } from "./ingress-rule-routes.ts";
import { networkRoutes } from "./network-routes.ts";
import { nexthopRoutes } from "./nexthop-routes.ts";
import type { VpcRow } from "./rows.ts";
import { s3Routes } from "./s3-routes.ts";
import { subnetRoutes } from "./subnet-routes.ts";
import { vpcRoutes } from "./vpc-routes.ts";

/** Private networks, what holds them together and what leads out of them: by region, free of charge. */
export function vpc(): Product {
  return {
    routes: [
      ...vpcRoutes(),
      ...networkRoutes(),
      ...subnetRoutes(),
      ...customRouteRoutes(),
      ...nexthopRoutes(),
      ...aclRoutes(),
      ...ingressRuleRoutes(),
      ...connectorRoutes(),
      ...s3Routes(),
    ],
    holds: {
      vpc: holding<VpcRow>({ kind: "vpc", own: (row) => row.isDefault }),
      privateNetwork: holding({ kind: "privateNetwork" }),
      customRoute: holding({ kind: "route" }),
      ingressRule: holding({ kind: "ingressRule" }),
      vpcConnector: holding({ kind: "vpcConnector" }),
    },
  };
}
