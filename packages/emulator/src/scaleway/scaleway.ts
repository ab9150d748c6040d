import type { Route } from "../http/route.ts";
import type { Steps } from "../world.ts";
import { accountRoutes } from "./account/routes.ts";
import { blockRoutes } from "./block/routes.ts";
import { blockSteps } from "./block/volume-states.ts";
import { createCatalog } from "./catalog.ts";
import { iamRoutes } from "./iam/routes.ts";
import { instanceRoutes } from "./instance/routes.ts";
import { serverSteps } from "./instance/server-states.ts";
import { marketplaceRoutes } from "./marketplace/routes.ts";

/** All products: a further one is a folder and a line here. */
export function scaleway(): { routes: Route[]; steps: Steps } {
  const catalog = createCatalog();
  return {
    routes: [
      ...instanceRoutes(catalog),
      ...blockRoutes(catalog),
      ...marketplaceRoutes(catalog),
      ...accountRoutes(),
      ...iamRoutes(),
    ],
    steps: { ...serverSteps, ...blockSteps },
  };
}
