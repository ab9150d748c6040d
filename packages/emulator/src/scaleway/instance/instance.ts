import { holding } from "../../product.ts";
import type { Product } from "../../product.ts";
import type { Catalog } from "../catalog.ts";
import { attachVolumeRoutes } from "./attach-volume.ts";
import { compatibleTypesRoutes } from "./compatible-types-routes.ts";
import { dashboardRoutes } from "./dashboard-routes.ts";
import { fileSystemRoutes } from "./file-system-routes.ts";
import { fileSystemSteps } from "./file-system-states.ts";
import { imageRoutes } from "./image-routes.ts";
import { ipRoutes } from "./ip-routes.ts";
import { nicRoutes } from "./nic-routes.ts";
import { nicSteps } from "./nic-states.ts";
import { placementGroupRoutes } from "./placement-group-routes.ts";
import { placementGroupServerRoutes } from "./placement-group-server-routes.ts";
import { PRICES } from "../seed/prices.ts";
import { productRoutes } from "./product-routes.ts";
import type { IpRow, LocalVolumeRow, SecurityGroupRow, ServerRow } from "./rows.ts";
import { securityGroupRoutes } from "./security-group-routes.ts";
import { securityRuleOneRoutes } from "./security-rule-one-routes.ts";
import { securityRuleRoutes } from "./security-rule-routes.ts";
import { serverRoutes } from "./server-routes.ts";
import { serverSteps } from "./server-states.ts";
import { snapshotRoutes } from "./snapshot-routes.ts";
import type { SnapshotRow } from "./snapshot-rows.ts";
import { snapshotSteps } from "./snapshot-states.ts";
import { userDataRoutes } from "./user-data-routes.ts";
import { v2alpha1 } from "./v2alpha1/v2alpha1.ts";
import { localVolumeRoutes } from "./volume-routes.ts";

/** Machines and what belongs to them. */
export function instance(catalog: Catalog): Product {
  const newer = v2alpha1(catalog);
  const routes = [
    ...serverRoutes(catalog),
    ...attachVolumeRoutes(catalog),
    ...userDataRoutes(),
    ...ipRoutes(),
    ...localVolumeRoutes(),
    ...securityGroupRoutes(),
    ...securityRuleRoutes(),
    ...securityRuleOneRoutes(),
    ...compatibleTypesRoutes(catalog),
    ...dashboardRoutes(),
    ...nicRoutes(),
    ...snapshotRoutes(),
    ...imageRoutes(catalog),
    ...placementGroupRoutes(),
    ...placementGroupServerRoutes(),
    ...fileSystemRoutes(catalog),
    ...productRoutes(catalog),
    ...newer.routes,
  ];
  return {
    routes,
    steps: { ...serverSteps, ...nicSteps, ...snapshotSteps, ...fileSystemSteps },
    holds: {
      ...newer.holds,
      server: holding<ServerRow>({
        kind: "machine",
        price: (row) =>
          row.state === "stopped" ? 0 : (catalog.serverType(row.zone, row.commercialType)?.hourly ?? 0),
        lent: ({ dynamicIp }) =>
          dynamicIp ? { kind: "address", id: dynamicIp.id, price: PRICES.ipv4 } : undefined,
      }),
      localVolume: holding<LocalVolumeRow>({
        kind: "volume",
        price: (row) => (row.size / 1e9) * PRICES.localGb,
      }),
      ip: holding<IpRow>({ kind: "address", price: (row) => (row.family === "inet" ? PRICES.ipv4 : 0) }),
      privateNic: holding({ kind: "privateNic" }),
      snapshot: holding<SnapshotRow>({
        kind: "snapshot",
        price: (row) => (row.size / 1e9) * PRICES.localSnapshotGb,
      }),
      image: holding({ kind: "image" }),
      placementGroup: holding({ kind: "placementGroup" }),
      securityGroup: holding<SecurityGroupRow>({
        kind: "securityGroup",
        own: (row) => row.isGenerated ?? row.isDefault,
      }),
    },
  };
}
