import { instanceIp } from "../../resources/instance-ip.ts";
import type { InstanceIp, InstanceIpProps } from "../../resources/instance-ip.ts";
import type { ResourceCase } from "../resource-case.ts";

export const anInstanceIp: ResourceCase<InstanceIpProps, InstanceIp> = {
  kind: instanceIp as ResourceCase<InstanceIpProps, InstanceIp>["kind"],
  props: () => ({}),
  changed: () => ({ tags: ["front"] }),
  replaced: () => ({ type: "routed_ipv6" }),
  leaves: ["address *"],
  deletes: /^DELETE .*\/ips\/[^/]+$/,
};
