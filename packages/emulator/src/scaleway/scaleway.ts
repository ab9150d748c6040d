import type { Product } from "../product.ts";
import { account } from "./account/account.ts";
import { block } from "./block/block.ts";
import { createCatalog } from "./catalog.ts";
import { serverlessFunctions } from "./function/serverless-functions.ts";
import { iam } from "./iam/iam.ts";
import { instance } from "./instance/instance.ts";
import { ipam } from "./ipam/ipam.ts";
import { lb } from "./lb/lb.ts";
import { marketplace } from "./marketplace/marketplace.ts";
import { objectStorage } from "./object/object-storage.ts";
import { rdb } from "./rdb/rdb.ts";
import { vpc } from "./vpc/vpc.ts";

/** All products: a further one is a folder and a line here. */
export function scaleway(): Required<Product> {
  const catalog = createCatalog();
  const products: Product[] = [
    instance(catalog),
    block(catalog),
    vpc(),
    ipam(),
    marketplace(catalog),
    account(),
    iam(),
    lb(),
    rdb(),
    serverlessFunctions(),
    objectStorage(),
  ];
  return {
    routes: products.flatMap(({ routes }) => routes),
    match: (incoming, url) => {
      for (const { match } of products) {
        const found = match?.(incoming, url);
        if (found) return found;
      }
      return undefined;
    },
    steps: Object.assign({}, ...products.map(({ steps }) => steps)),
    holds: Object.assign({}, ...products.map(({ holds }) => holds)),
  };
}
