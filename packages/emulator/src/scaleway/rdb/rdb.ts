import { holding } from "../../product.ts";
import type { Product } from "../../product.ts";
import { PRICES } from "../seed/prices.ts";
import { rdbAclRoutes } from "./acl-routes.ts";
import { backupRoutes } from "./backup-routes.ts";
import { copySteps } from "./copy-states.ts";
import { databaseRoutes } from "./database-routes.ts";
import { endpointRoutes } from "./endpoint-routes.ts";
import { instanceRoutes } from "./instance-routes.ts";
import { instanceSteps } from "./instance-states.ts";
import { nodeTypeNamed } from "./node-types.ts";
import { privilegeRoutes } from "./privilege-routes.ts";
import type { InstanceRow } from "./rows.ts";
import { settingRoutes } from "./setting-routes.ts";
import { rdbSnapshotRoutes } from "./snapshot-routes.ts";
import { rdbUserRoutes } from "./user-routes.ts";

/** Managed databases, by region: nothing runs, and no row of a table is kept. */
export function rdb(): Product {
  return {
    routes: [
      ...instanceRoutes(),
      ...endpointRoutes(),
      ...rdbAclRoutes(),
      ...rdbUserRoutes(),
      ...databaseRoutes(),
      ...privilegeRoutes(),
      ...settingRoutes(),
      ...rdbSnapshotRoutes(),
      ...backupRoutes(),
    ],
    steps: { ...instanceSteps, ...copySteps },
    holds: {
      rdbInstance: holding<InstanceRow>({ kind: "databaseInstance", price }),
      rdbSnapshot: holding({ kind: "databaseSnapshot" }),
      rdbBackup: holding({ kind: "databaseBackup" }),
    },
  };
}

const GB = 1e9;

/** A second node costs as much again; a local volume nothing of its own. */
function price({ nodeType, isHa, volume }: InstanceRow): number {
  const node = (nodeTypeNamed(nodeType)?.hourly ?? 0) * (isHa ? 2 : 1);
  if (volume.type === "lssd") return node;
  const perGb = volume.type === "sbs_15k" ? PRICES.blockGb.sbs_15k : PRICES.blockGb.sbs_5k;
  return node + (volume.size / GB) * perGb;
}
