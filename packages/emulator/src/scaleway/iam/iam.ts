import { holding } from "../../product.ts";
import type { Product } from "../../product.ts";
import { apiKeyRoutes } from "./api-key-routes.ts";
import { applicationRoutes } from "./application-routes.ts";
import { groupRoutes } from "./group-routes.ts";
import { permissionSetRoutes } from "./permission-sets.ts";
import { policyRoutes } from "./policy-routes.ts";
import { ruleRoutes } from "./rule-routes.ts";
import { sshKeyRoutes } from "./ssh-key-routes.ts";
import { userRoutes } from "./user-routes.ts";

/** Who there is, and what they may do: kept, but no call is refused for it. */
export function iam(): Product {
  return {
    routes: [
      ...apiKeyRoutes(),
      ...applicationRoutes(),
      ...groupRoutes(),
      ...permissionSetRoutes(),
      ...policyRoutes(),
      ...ruleRoutes(),
      ...sshKeyRoutes(),
      ...userRoutes(),
    ],
    holds: {
      apiKey: holding({ kind: "apiKey" }),
      application: holding({ kind: "application" }),
      iamGroup: holding({ kind: "iamGroup" }),
      iamUser: holding({ kind: "iamUser" }),
      policy: holding({ kind: "policy" }),
      sshKey: holding({ kind: "sshKey" }),
    },
  };
}
