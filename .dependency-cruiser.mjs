// Who may import whom. The rules are explained in CONTRIBUTING.md; scripts/fences.test.mjs sows a violation of each.
const mayfly = "^packages/mayfly/src";
const ports = `${mayfly}/(providers/[^/]+|providers/resources/[^/]+|store/(store|error)|scheduler/scheduler|probe/probe|redis/(redis|error))[.]ts$`;
const core = `${mayfly}/(lifecycle/|api/|clock[.]ts$|random[.]ts$)`;

const only = (name, from, allowed, comment) => ({
  name,
  comment,
  severity: "error",
  from: { path: from, pathNot: "[.]test[.]ts$|contract[.]ts$" },
  to: { path: "^packages/", pathNot: allowed },
});

/** @type {import("dependency-cruiser").IConfiguration} */
export default {
  forbidden: [
    {
      name: "lifecycle-is-pure",
      comment: "lifecycle/ decides and does nothing: pass the fact in as an argument.",
      severity: "error",
      from: { path: `${mayfly}/lifecycle/`, pathNot: "[.]test[.]ts$" },
      to: { pathNot: `${mayfly}/lifecycle/` },
    },
    only(
      "api-is-schemas",
      `${mayfly}/api/`,
      [`${mayfly}/api/`, `${mayfly}/lifecycle/`, `${mayfly}/providers/(provider[.]ts$|resources/)`],
      "api/ says what comes in and goes out.",
    ),
    only(
      "clouds-know-the-port",
      `${mayfly}/providers/([^/]+)/`,
      [
        `${mayfly}/providers/$1/`,
        `${mayfly}/providers/resources/`,
        `${mayfly}/providers/guest/`,
        `${mayfly}/providers/(provider|error|fenced|refused|limiter|limited-fetch|cache|every-step|canonical-range)[.]ts$`,
        `${mayfly}/(lifecycle/|clock[.]ts|random[.]ts)`,
        "^packages/(scaleway|aws)/",
      ],
      "A cloud imports the port and its own package, never a sibling or a caller.",
    ),
    only(
      "stores-and-schedulers-know-their-port",
      `${mayfly}/(store|scheduler|probe)/`,
      [`${mayfly}/$1/`, `${mayfly}/(lifecycle/|clock[.]ts|random[.]ts)`],
      "Persistence knows instances, nothing above.",
    ),
    only(
      "redis-knows-its-port",
      `${mayfly}/redis/`,
      [`${mayfly}/redis/`, `${mayfly}/(api/redis-address|clock)[.]ts$`],
      "What is kept in Redis, and why, is said in ingress/.",
    ),
    only(
      "controllers-know-ports",
      `${mayfly}/(controllers|http|ingress)/`,
      [`${mayfly}/$1/`, core, ports],
      "Take the interface; service.ts chooses the implementation.",
    ),
    only(
      "clients-speak-http",
      `${mayfly}/client/`,
      [`${mayfly}/client/`, `${mayfly}/(lifecycle|api)/`],
      "A client knows the HTTP API only.",
    ),
    only(
      "cli-is-a-client",
      `${mayfly}/cli/(?!service|demo|emulator)`,
      [`${mayfly}/(cli|client|lifecycle|api)/`],
      "The command line goes through the client; only cli/service, cli/demo and cli/emulator may start things.",
    ),
    {
      name: "clients-load-no-schemas",
      comment:
        "zod, pino and hono cost the command line its quick start. (Schemas may be imported as types: this parser cannot tell, cli.test.ts can.)",
      severity: "error",
      from: { path: `${mayfly}/(client|cli)/` },
      to: { path: "^node_modules/(zod|pino|hono)/" },
    },
    only(
      "emulator-is-independent",
      "^packages/emulator/",
      ["^packages/emulator/"],
      "Adapter and emulator each read the vendor's answers, so that they cannot share a mistake.",
    ),
    only(
      "scaleway-is-independent",
      "^packages/scaleway/",
      ["^packages/scaleway/"],
      "Used by mayfly and others; knows neither.",
    ),
    {
      ...only(
        "alchemy-knows-scaleway",
        "^packages/alchemy/",
        ["^packages/(alchemy|scaleway)/"],
        "Resources stand on the client alone; Mayfly's service is another user of it.",
      ),
      from: { path: "^packages/alchemy/", pathNot: "/testing/|[.]test[.]ts$" },
    },
    {
      name: "resources-need-no-engine",
      comment:
        "What a resource does is tried without an engine, and outlives it; engine/ is where it is adapted.",
      severity: "error",
      from: { path: "^packages/alchemy/src/(?!engine/)" },
      to: { path: "^packages/alchemy/(src/engine|engine|node_modules)/|^(alchemy|@aws-sdk/)" },
    },
    {
      name: "testing-stays-in-tests",
      comment: "The product does not depend on its tests.",
      severity: "error",
      from: { path: "^packages/", pathNot: "/testing/|[.]test[.]ts$|contract[.]ts$" },
      to: { path: "/testing/" },
    },
  ],
  options: {
    parser: "swc", // with TypeScript 7 and its own parser, dependency-cruiser sees no modules at all and passes
    doNotFollow: { path: "node_modules" },
    exclude: { path: "/dist/" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["source", "import", "node", "default"],
    },
  },
};
