import { describe } from "node:test";
import { Instancev1 } from "@scaleway/sdk-instance";
import { driving } from "./driving.ts";
import { fileSystems } from "./instance/file-systems.ts";
import { images } from "./instance/images.ts";
import { ips } from "./instance/ips.ts";
import { placementGroups } from "./instance/placement-groups.ts";
import { privateNics } from "./instance/private-nics.ts";
import { products } from "./instance/products.ts";
import { securityGroupRules } from "./instance/security-group-rules.ts";
import { securityGroups } from "./instance/security-groups.ts";
import { serverActions } from "./instance/server-actions.ts";
import { servers } from "./instance/servers.ts";
import { snapshots } from "./instance/snapshots.ts";
import { userData } from "./instance/user-data.ts";
import { volumes } from "./instance/volumes.ts";

const { begin, everyMethodIsDriven, everyAnswerIsAsPromised } = driving(Instancev1.API, {
  package: "@scaleway/sdk-instance",
  version: "v1",
});

describe("instance v1, through the official SDK", () => {
  servers(begin);
  serverActions(begin);
  userData(begin);
  volumes(begin);
  fileSystems(begin);
  ips(begin);
  securityGroups(begin);
  securityGroupRules(begin);
  snapshots(begin);
  images(begin);
  placementGroups(begin);
  privateNics(begin);
  products(begin);
  everyMethodIsDriven({
    "the b_ssd volumes that it moves are retired: nobody can make one": [
      "planBlockMigration",
      "applyBlockMigration",
      "checkBlockMigrationOrganizationQuotas",
    ],
  });
  everyAnswerIsAsPromised({
    "Ip.address: null is no string": "an IPv6 has a prefix instead",
    "Ip.prefix: null is no string": "an IPv4 has an address instead",
    "ListSecurityGroupRulesResponse.totalCount: undefined is no number": "this list alone is not counted",
    'VolumeServer.state: "deleting" is no VolumeServerState':
      "of a local volume, while its server terminates",
    "updatePrivateNIC: nothing": "wrapped like all others (recorded in 2023), where the SDK reads it bare",
  });
});
