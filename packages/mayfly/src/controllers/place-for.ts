import { RequestProblem } from "../api/problem.ts";
import { accountFor } from "./account-for.ts";
import type { Account, Ports } from "./ports.ts";

/** Which account and which of its zones are meant; a zone that it has not is refused. */
export function placeFor(
  ports: Pick<Ports, "accounts">,
  query: { account?: string; zone?: string },
): { account: Account; zone: string } {
  const account = accountFor(ports, query.account);
  const { zones } = account.provider;
  const zone = query.zone ?? account.defaultZone;
  if (!zones.includes(zone))
    throw new RequestProblem("invalid", `no zone ${zone}`, [
      { path: "zone", message: `no zone ${zone}`, suggestion: `one of ${zones.join(", ")}` },
    ]);
  return { account, zone };
}
