import type { Instance, SharedThing } from "../lifecycle/instance.ts";
import { ProviderError } from "../providers/error.ts";
import type { Account, Ports } from "./ports.ts";
import { sharedResources } from "./shared-resources.ts";

/** The cloud's ids of what an instance shares with others. */
export interface SharedIds {
  network?: string;
  firewall?: string;
}

export type EnsureShared = (account: Account, row: Instance, fence: () => void) => Promise<SharedIds>;

/**
 * Finds or makes what an instance shares with others. The row's uses stand in the store since it was inserted: from then
 * on nobody begins to remove these things, and a removal that had begun before is waited for (`conflict`).
 */
export function createEnsureShared({ store, clock }: Ports): EnsureShared {
  // A class that starts at once asks for its network once.
  const asked = new Map<string, Promise<string>>();

  async function idOf(
    account: Account,
    row: Instance,
    thing: SharedThing,
    fence: () => void,
  ): Promise<string> {
    const what = `create ${row.id}: ${thing.kind} ${thing.name}`;
    const resources = sharedResources(account.provider, thing.kind);
    if (!resources) throw new ProviderError("invalid_input", `${what}: ${account.provider.name} has none`);
    if (await store.sharedIsTaken(account.name, thing, clock.now()))
      throw new ProviderError("conflict", `${what} is just being removed; it will be made anew`);
    const by = { owner: await store.owner(), onDemand: true, fence };
    return (await resources.ensure(row.spec, thing.name, by)).id;
  }

  return async (account, row, fence) => {
    const ids: SharedIds = {};
    const ensured = (row.uses ?? []).map(async (thing) => {
      const key = [account.name, thing.kind, thing.place, thing.name].join("\n");
      const asking = asked.get(key) ?? idOf(account, row, thing, fence).finally(() => asked.delete(key));
      asked.set(key, asking);
      const id = await asking;
      if (thing.kind !== "key") ids[thing.kind] = id;
    });
    for (const result of await Promise.allSettled(ensured))
      if (result.status === "rejected") throw result.reason;
    return ids;
  };
}
