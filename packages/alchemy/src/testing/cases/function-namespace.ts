import { functionNamespace } from "../../resources/function-namespace.ts";
import type { FunctionNamespace, FunctionNamespaceProps } from "../../resources/function-namespace.ts";
import type { ResourceCase } from "../resource-case.ts";
import { PROJECT } from "../emulated-cloud.ts";

export const aFunctionNamespace: ResourceCase<FunctionNamespaceProps, FunctionNamespace> = {
  kind: functionNamespace as ResourceCase<FunctionNamespaceProps, FunctionNamespace>["kind"],
  props: () => ({ environment: { LOG_LEVEL: "info" } }),
  changed: () => ({
    description: "all of them",
    environment: { LOG_LEVEL: "debug", PLACE: "here" },
    secretEnvironment: { TOKEN: "open-sesame" },
    tags: ["functions"],
  }),
  afterChange: "traces",
  replaced: () => ({ name: "another" }),
  leaves: ["functionNamespace *"],
  foreign: async (cloud, _, name) => {
    const body = { name, project_id: PROJECT };
    return (await cloud.call<{ id: string }>("POST", "/functions/v1beta1/regions/fr-par/namespaces", body))
      .id;
  },
  deletes: /^DELETE .*\/namespaces\/[^/]+$/,
};
