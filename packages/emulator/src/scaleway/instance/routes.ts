import type { Route } from "../../http/route.ts";
import type { Catalog } from "../catalog.ts";
import { attachVolumeRoutes } from "./attach-volume.ts";
import { imageRoutes } from "./image-routes.ts";
import { ipRoutes } from "./ip-routes.ts";
import { nicRoutes } from "./nic-routes.ts";
import { productRoutes } from "./product-routes.ts";
import { securityGroupRoutes } from "./security-group-routes.ts";
import { securityRuleRoutes } from "./security-rule-routes.ts";
import { serverRoutes } from "./server-routes.ts";
import { userDataRoutes } from "./user-data-routes.ts";
import { localVolumeRoutes } from "./volume-routes.ts";

export function instanceRoutes(catalog: Catalog): Route[] {
  return [
    ...serverRoutes(catalog),
    ...attachVolumeRoutes(catalog),
    ...userDataRoutes(),
    ...ipRoutes(),
    ...localVolumeRoutes(),
    ...securityGroupRoutes(),
    ...securityRuleRoutes(),
    ...nicRoutes(),
    ...imageRoutes(catalog),
    ...productRoutes(catalog),
  ];
}
