import type { Volumes } from "../resources/volumes.ts";
import type { Clients } from "./clients.ts";
import type { Images } from "./images.ts";
import type { InstanceTypes } from "./instance-types.ts";
import type { SecurityGroups } from "./security-groups.ts";
import type { Subnets } from "./subnets.ts";

/** One set of credentials, and what is known with it. */
export interface Account extends Clients {
  images: Images;
  securityGroups: SecurityGroups;
  subnets: Subnets;
  types: InstanceTypes;
  volumes: Volumes;
}
