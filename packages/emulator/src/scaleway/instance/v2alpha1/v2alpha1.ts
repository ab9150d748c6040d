import { holding } from "../../../product.ts";
import type { Product } from "../../../product.ts";
import type { Catalog } from "../../catalog.ts";
import { fileSystemRoutes } from "./file-system-routes.ts";
import { interfaceRoutes } from "./interface-routes.ts";
import { placementGroupRoutesV2 } from "./placement-group-routes.ts";
import { productRoutes } from "./product-routes.ts";
import { resourceCountRoutes } from "./resource-count-routes.ts";
import { securityGroupRoutes } from "./security-group-routes.ts";
import { securityRuleRoutes } from "./security-rule-routes.ts";
import { serverActionRoutes } from "./server-action-routes.ts";
import { serverIpRoutes } from "./server-ip-routes.ts";
import { serverRoutes } from "./server-routes.ts";
import { serverVolumeRoutes } from "./server-volume-routes.ts";
import { snapshotRoutes } from "./snapshot-routes.ts";
import { templateRoutes } from "./template-routes.ts";
import { templateUseRoutes } from "./template-use-routes.ts";
import { userDataRoutes } from "./user-data-routes.ts";
import { volumeRoutes } from "./volume-routes.ts";

/** The newer API over the same objects, and the templates that it alone knows. */
export function v2alpha1(catalog: Catalog): Product {
  return {
    routes: [
      ...serverRoutes(catalog),
      ...serverActionRoutes(),
      ...serverVolumeRoutes(),
      ...serverIpRoutes(),
      ...templateRoutes(catalog),
      ...templateUseRoutes(catalog),
      ...userDataRoutes(),
      ...volumeRoutes(),
      ...snapshotRoutes(),
      ...fileSystemRoutes(catalog),
      ...interfaceRoutes(),
      ...placementGroupRoutesV2(),
      ...securityGroupRoutes(),
      ...securityRuleRoutes(),
      ...productRoutes(catalog),
      ...resourceCountRoutes(catalog),
    ],
    holds: { template: holding({ kind: "template" }) },
  };
}
