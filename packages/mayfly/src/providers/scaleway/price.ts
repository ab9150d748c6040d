import type { Price } from "../../lifecycle/cost.ts";
import type { InstanceSpec } from "../../lifecycle/instance.ts";
import type { Account } from "./account.ts";

/** The API does not say it: https://www.scaleway.com/en/docs/ipam/reference-content/understanding-ip-billing/ */
const IPV4_MICROS_PER_HOUR = 4_000;
const IPV4_PRICE_OF = "2025-06";

/** Assumed: nothing that can be read beforehand says how large the volume is that an image brings. */
const IMAGE_ROOT_GB = 10;

/**
 * A server that is not powered off costs, one in standby too; volumes until they are deleted; a dynamic IPv4 address, which
 * the server has while it is on. A routed IPv6 address is free. The API has no price for volumes on the server's own host.
 */
export async function price(account: Account, spec: InstanceSpec): Promise<Price> {
  const { zone, image, type } = spec;
  const [types, { rootVolume }, gbMicros] = await Promise.all([
    account.serverTypes.of(zone),
    account.images.resolve({ image, type, zone }),
    account.volumePrices.of(zone),
  ]);
  const data = (spec.volumes ?? []).reduce((sum, { sizeGb = 0 }) => sum + sizeGb, 0);
  const gb = (spec.rootVolumeGb ?? IMAGE_ROOT_GB) + data;
  return {
    currency: "EUR",
    pricesOf: spec.ipv4 ? IPV4_PRICE_OF : undefined,
    machine: types.find(({ name }) => name === type)?.priceMicrosPerHour,
    addresses: spec.ipv4 ? IPV4_MICROS_PER_HOUR : 0,
    volumes: rootVolume !== "sbs_volume" || gbMicros === undefined ? undefined : Math.round(gb * gbMicros),
  };
}
