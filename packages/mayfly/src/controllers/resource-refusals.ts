import { RequestProblem } from "../api/problem.ts";
import type { ProblemItem } from "../api/problem.ts";
import type { Where } from "../api/resource-commands.ts";
import type { ResourceKind } from "../api/resource-kind.ts";
import { shellWord } from "../api/shell-word.ts";
import { didYouMean } from "../lifecycle/nearest.ts";

/** Why nothing was done with a network, firewall, volume or key. */
export const refusals = {
  unsupported: (kind: ResourceKind, provider: string) =>
    new RequestProblem("refused", `${provider} has no ${kind}s; nothing was done`),

  notFound(kind: ResourceKind, reference: string, found: { place: string; names: string[]; query: Where }) {
    const { place, names, query } = found;
    const meant = didYouMean(reference, names);
    const message = `no ${kind} ${reference}${place === "everywhere" ? "" : ` in ${place}`}`;
    const problems: ProblemItem[] =
      meant === undefined ? [] : [{ path: "reference", message, suggestion: meant }];
    return new RequestProblem(
      "not_found",
      `${message}; \`${listing(kind, query)}\` shows what there is`,
      problems,
    );
  },

  /** Another installation's: it would vanish under somebody who asked for it to stay. */
  onDemand: (kind: ResourceKind, name: string) =>
    new RequestProblem(
      "refused",
      `${kind} ${name} goes with the last instance of another installation; nothing was done`,
      [{ path: "name", message: `${name} is taken`, suggestion: "choose another name" }],
    ),

  beingRemoved: (kind: ResourceKind, name: string) =>
    new RequestProblem(
      "unavailable",
      `${kind} ${name} is just being removed, with the last instance that wanted it; ask again in a minute`,
    ),

  inUse: (kind: ResourceKind, name: string, users: string) =>
    new RequestProblem("refused", `${kind} ${name} is used by ${users}; nothing was done`, [
      {
        path: "force",
        message: `it is used by ${users}`,
        suggestion: "delete what uses it first; force deletes it all the same",
      },
    ]),
};

function listing(kind: ResourceKind, { account, zone }: Where): string {
  const words = ["mayfly", kind, "list"];
  if (zone !== undefined) words.push("--zone", zone);
  if (account !== undefined) words.push("--account", account);
  return words.map(shellWord).join(" ");
}
