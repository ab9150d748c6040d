import { Functionv1beta1 } from "@scaleway/sdk-function";
import { Ipamv1 } from "@scaleway/sdk-ipam";
import { Lbv1 } from "@scaleway/sdk-lb";
import { Rdbv1 } from "@scaleway/sdk-rdb";
import { clientFor } from "./client.ts";
import type { ScalewayOptions } from "./client.ts";
import { assertCredentials } from "./credentials.ts";
import { guardIds } from "./guard-ids.ts";

export type { Functionv1beta1, Ipamv1, Lbv1, Rdbv1 };

/** The products beside machines: an entry of its own, since who only runs machines need not load them. */
export interface Products {
  lb: Lbv1.ZonedAPI;
  rdb: Rdbv1.API;
  functions: Functionv1beta1.API;
  ipam: Ipamv1.API;
}

/** As `createScaleway`: every failure is a `ScalewayCallError`. */
export function createProducts(options: ScalewayOptions): Products {
  assertCredentials(options.credentials);
  const client = clientFor(options, undefined);
  return {
    lb: guardIds(new Lbv1.ZonedAPI(client)),
    rdb: guardIds(new Rdbv1.API(client)),
    functions: guardIds(new Functionv1beta1.API(client)),
    ipam: guardIds(new Ipamv1.API(client)),
  };
}
