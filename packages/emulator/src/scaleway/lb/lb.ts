import { holding } from "../../product.ts";
import type { Product } from "../../product.ts";
import { PRICES } from "../seed/prices.ts";
import { lbAclRoutes } from "./acl-routes.ts";
import { backendRoutes } from "./backend-routes.ts";
import { certificateRoutes, certificateSteps } from "./certificate-routes.ts";
import { frontendRoutes } from "./frontend-routes.ts";
import { lbIpRoutes } from "./lb-ip-routes.ts";
import { lbRoutes } from "./lb-routes.ts";
import { lbSteps } from "./lb-states.ts";
import { LB_TYPES } from "./lb-types.ts";
import { lbNetworkRoutes, lbNetworkSteps } from "./network-routes.ts";
import { routeRoutes } from "./route-routes.ts";
import type { LbIpRow, LbRow } from "./rows.ts";

/** Load balancers, by zone. What is in one goes with it: only itself and its addresses can be left behind. */
export function lb(): Product {
  return {
    routes: [
      ...lbRoutes(),
      ...lbIpRoutes(),
      ...backendRoutes(),
      ...frontendRoutes(),
      ...lbAclRoutes(),
      ...routeRoutes(),
      ...certificateRoutes(),
      ...lbNetworkRoutes(),
    ],
    steps: { ...lbSteps, ...certificateSteps, ...lbNetworkSteps },
    holds: {
      lb: holding<LbRow>({
        kind: "loadBalancer",
        price: ({ type }) => LB_TYPES.find(({ name }) => name === type)?.hourly ?? 0,
      }),
      lbIp: holding<LbIpRow>({
        kind: "loadBalancerAddress",
        price: ({ isIpv6 }) => (isIpv6 ? 0 : PRICES.ipv4),
      }),
    },
  };
}
