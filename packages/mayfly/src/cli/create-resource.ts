import type { CreateResourceInput } from "../api/create-resource.ts";
import type { ResourceKind } from "../api/resource-kind.ts";
import { UserError } from "../api/user-error.ts";
import { ServiceUnreachable } from "../client/service-unreachable.ts";
import type { Arguments } from "./arguments.ts";
import type { Context } from "./context.ts";
import { describeResource } from "./describe-resource.ts";
import type { KindOfResource } from "./resource-kind.ts";
import { withAccount } from "./with-account.ts";

const ATTEMPTS = 3;

/** Asks for one by its name and shows it: found, or made. */
export async function createResource<K extends ResourceKind>(
  context: Context,
  given: Arguments,
  of: KindOfResource<K>,
): Promise<number> {
  const { fields, problems } = of.create.read(given);
  if (problems.length > 0) throw new UserError("usage", { exitCode: 2, problems });
  const { kind } = of;
  const where = { account: given.text("account"), ...(kind !== "key" && { zone: given.text("zone") }) };
  const input = { name: given.positionals[0], ...where, ...fields } as CreateResourceInput[K];
  for (let attempt = 1; ; attempt++) {
    try {
      const thing = await withAccount(context, given, (client) => client.createResource(kind, input));
      context.out(context.json ? JSON.stringify(thing) : describeResource(context, of, thing));
      return 0;
    } catch (error) {
      // What was made by an answer that got lost is found by its name.
      const lost = error instanceof ServiceUnreachable && error.reason === "broken";
      if (!lost || attempt === ATTEMPTS) throw error;
    }
  }
}
