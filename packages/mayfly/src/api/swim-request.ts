import type { CreateInstanceInput } from "./create-instance.ts";
import type { SwimOrder } from "./swim-order.ts";
import { swimTags } from "./swim-tags.ts";

/** The instance that an order asks for: with a routed IPv6 and no IPv4, as SWIM makes its machines. */
export const swimRequest = (order: SwimOrder, userData: string): CreateInstanceInput => ({
  machineName: order.serverName,
  type: order.serverType,
  image: order.image,
  securityGroup: order.securityGroup,
  userData,
  lifetime: `${order.ttlMinutes}m`,
  ipv4: false,
  ipv6: true,
  tags: swimTags(order),
});
