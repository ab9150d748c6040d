import { vpc } from "../../resources/vpc.ts";
import type { Vpc, VpcProps } from "../../resources/vpc.ts";
import type { ResourceCase } from "../resource-case.ts";
import { PROJECT } from "../emulated-cloud.ts";

export const aVpc: ResourceCase<VpcProps, Vpc> = {
  kind: vpc as ResourceCase<VpcProps, Vpc>["kind"],
  props: () => ({ tags: ["team:web"] }),
  changed: () => ({ name: "app-it-dev", tags: ["team:db", "a"] }),
  replaced: () => ({ region: "nl-ams" }),
  leaves: ["vpc app-it-dev"],
  foreign: async (cloud, _, name) => {
    const body = { name, project_id: PROJECT, tags: ["theirs"] };
    return (await cloud.call<{ id: string }>("POST", "/vpc/v2/regions/fr-par/vpcs", body)).id;
  },
  deletes: /^DELETE .*\/vpcs\/[^/]+$/,
};
