import type { Price } from "../../lifecycle/cost.ts";
import type { InstanceSpec } from "../../lifecycle/instance.ts";
import type { Account } from "./account.ts";
import { diskGibs } from "./disk-gibs.ts";
import { archOf } from "./instance-types.ts";
import { GP3_GIB_MICROS_PER_HOUR, IPV4_MICROS_PER_HOUR, isPriced, priceOf, PRICES_OF } from "./prices.ts";
import { regionOf } from "./region-of.ts";

/**
 * An instance that runs costs, and the public IPv4 address that it has while it does; its volumes until they are deleted.
 * IPv6 and interfaces are free. Undefined where the price list is another region's.
 */
export async function price(account: Account, spec: InstanceSpec): Promise<Price | undefined> {
  const { zone, type } = spec;
  const region = regionOf(zone);
  if (!isPriced(region)) return undefined;
  const image = await account.images.resolve(
    spec.image,
    region,
    archOf(await account.types.named(type, zone)),
  );
  const gib = diskGibs(spec, image).reduce((sum, each) => sum + each, 0);
  return {
    currency: "USD",
    pricesOf: PRICES_OF,
    machine: priceOf(type, region),
    addresses: spec.ipv4 ? IPV4_MICROS_PER_HOUR : 0,
    volumes: Math.round(gib * GP3_GIB_MICROS_PER_HOUR),
  };
}
