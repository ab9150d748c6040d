import { holding } from "../../product.ts";
import type { Product } from "../../product.ts";
import { cronRoutes } from "./cron-routes.ts";
import { functionRoutes } from "./function-routes.ts";
import { functionSteps } from "./function-states.ts";
import { namespaceRoutes } from "./namespace-routes.ts";
import { tokenRoutes } from "./token-routes.ts";

/** Serverless functions, by region. What is in a namespace goes with it: only the namespace can be left behind. */
export function serverlessFunctions(): Product {
  return {
    routes: [...namespaceRoutes(), ...functionRoutes(), ...cronRoutes(), ...tokenRoutes()],
    steps: functionSteps,
    holds: { functionNamespace: holding({ kind: "functionNamespace" }) },
  };
}
