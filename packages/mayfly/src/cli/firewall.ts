import type { ResourceView } from "../api/resource-view.ts";
import { readRule } from "./read-rule.ts";
import { resourceCommand } from "./resource-command.ts";
import { showRules } from "./show-rules.ts";

export const firewall = resourceCommand({
  kind: "firewall",
  summary: "What may reach machines: list, create, show, delete",
  columns: {
    "BY DEFAULT": showDefaults,
    RULES: ({ rules }) => showRules(rules).join(", ") || "-",
    MACHINES: ({ machines }) => String(machines),
  },
  lines: (firewall) => ({
    "by default": showDefaults(firewall),
    rules: showRules(firewall.rules).join(", ") || "-",
    "fixed rules": showRules(firewall.fixedRules).join(", "),
    machines: String(firewall.machines),
  }),
  create: {
    summary: "Make a firewall, or find the one of that name",
    usage: "[--allow tcp:80]…",
    takes: 1,
    options: {
      allow: {
        value: "RULE",
        field: "rules",
        multiple: true,
        help: "what may come in: tcp:80, udp:6000-6100, tcp:22@10.0.0.0/8, icmp, any (default: tcp:22)",
      },
    },
    details: `mayfly firewall create web --allow tcp:80 --allow tcp:443 --allow tcp:22@10.0.0.0/8
What no rule allows is dropped; what goes out is accepted. Without @ a rule is for every address, IPv4 and IPv6.`,
    read(given) {
      const read = given.texts("allow").map(readRule);
      const rules = read.filter((rule) => "protocol" in rule);
      return { fields: rules.length === 0 ? {} : { rules }, problems: read.filter((rule) => "path" in rule) };
    },
  },
});

/** What becomes of what no rule speaks of: `in drop, out accept`. */
function showDefaults({ defaults }: ResourceView<"firewall">): string {
  return `in ${defaults.inbound}, out ${defaults.outbound}`;
}
