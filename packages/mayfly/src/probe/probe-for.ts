import type { Clock } from "../clock.ts";
import { createNetworkProbe } from "./network.ts";
import type { Probe } from "./probe.ts";

/**
 * How to ask machines of the cloud whose API is at `endpoint`. Undefined for one on this machine: it is emulated, the
 * addresses of its machines are made up, and whoever really lives there is not to be knocked at.
 */
export function probeFor(endpoint: string, clock: Clock): Probe | undefined {
  const { hostname } = new URL(endpoint);
  const isHere = /^(localhost|127[.]\d+[.]\d+[.]\d+|\[::1\])$/.test(hostname);
  return isHere ? undefined : createNetworkProbe({ clock });
}
