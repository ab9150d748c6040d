import type { Scaleway } from "@mayfly/scaleway";
import type { Clock } from "../../clock.ts";
import type { Volumes } from "../resources/volumes.ts";
import type { Images } from "./images.ts";
import type { SecurityGroups } from "./security-groups.ts";
import type { VolumePrices } from "./volume-prices.ts";
import type { ServerTypes } from "./server-types.ts";

/** One set of credentials, and what is known with it. */
export interface Account {
  clock: Clock;
  /** One client for each class of calls, since each has its own place in the limiter. */
  read: Scaleway;
  create: Scaleway;
  /** Also for what ends a machine without deleting it. */
  delete: Scaleway;
  images: Images;
  securityGroups: SecurityGroups;
  serverTypes: ServerTypes;
  volumePrices: VolumePrices;
  volumes: Volumes;
}
