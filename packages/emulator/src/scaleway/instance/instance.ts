import { holding } from "../../product.ts";
import type { Product } from "../../product.ts";
import type { Catalog } from "../catalog.ts";
import { attachVolumeRoutes } from "./attach-volume.ts";
import { imageRoutes } from "./image-routes.ts";
import { ipRoutes } from "./ip-routes.ts";
import { nicRoutes } from "./nic-routes.ts";
import { PRICES } from "../seed/prices.ts";
import { productRoutes } from "./product-routes.ts";
import type { IpRow, LocalVolumeRow, SecurityGroupRow, ServerRow } from "./rows.ts";
import { securityGroupRoutes } from "./security-group-routes.ts";
import { securityRuleRoutes } from "./security-rule-routes.ts";
import { serverRoutes } from "./server-routes.ts";
import { serverSteps } from "./server-states.ts";
import { userDataRoutes } from "./user-data-routes.ts";
import { localVolumeRoutes } from "./volume-routes.ts";

/** Machines and what belongs to them. */
export function instance(catalog: Catalog): Product {
  const routes = [
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
  return {
    routes,
    steps: serverSteps,
    holds: {
      server: holding<ServerRow>({
        kind: "machine",
        price: (row) =>
          row.state === "stopped" ? 0 : (catalog.serverType(row.zone, row.commercialType)?.hourly ?? 0),
      }),
      localVolume: holding<LocalVolumeRow>({
        kind: "volume",
        price: (row) => (row.size / 1e9) * PRICES.localGb,
      }),
      ip: holding<IpRow>({ kind: "address", price: (row) => (row.family === "inet" ? PRICES.ipv4 : 0) }),
      privateNic: holding({ kind: "privateNic" }),
      securityGroup: holding<SecurityGroupRow>({ kind: "securityGroup", own: (row) => row.isDefault }),
    },
  };
}
