import type { ResourceView } from "../api/resource-view.ts";

type Rule = ResourceView<"firewall">["rules"][number];

/** As they are written for `--allow`; what else there is by its first word. */
export function showRules(rules: readonly Rule[]): string[] {
  return [
    ...new Set(rules.map((rule) => (isEverywhere(rule, rules) ? head(rule) : `${head(rule)}@${rule.range}`))),
  ];
}

const EVERYWHERE = ["0.0.0.0/0", "::/0"];

/** One of two that are the same but for the kind of address. */
function isEverywhere(rule: Rule, rules: readonly Rule[]): boolean {
  const alike = rules.filter((other) => head(other) === head(rule)).map(({ range }) => range);
  return EVERYWHERE.includes(rule.range) && EVERYWHERE.every((range) => alike.includes(range));
}

function head({ direction, action, protocol, ports }: Rule): string {
  const words = [direction === "outbound" ? "out " : "", action === "drop" ? "drop " : "", protocol];
  if (ports) words.push(`:${ports[0] === ports[1] ? ports[0] : ports.join("-")}`);
  return words.join("");
}
