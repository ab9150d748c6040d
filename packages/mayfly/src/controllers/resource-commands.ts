import type { ResourceCommands, Where } from "../api/resource-commands.ts";
import type { Resource, ResourceKind } from "../api/resource-kind.ts";
import { accountFor } from "./account-for.ts";
import { checked } from "./checked.ts";
import { createInTurn } from "./in-turn.ts";
import { findResource } from "./find-resource.ts";
import type { Account, Ports } from "./ports.ts";
import { portFor } from "./port-for.ts";
import type { WantedResource } from "./resource-port.ts";
import { refusals } from "./resource-refusals.ts";
import { volumeCommands } from "./volume-commands.ts";

/** What is not answered may have been done: the same again finds what was made, and goes on with what was begun. */
const REPEAT = "ask again, what is done already is found";

/** What a user can do with networks, firewalls, volumes and keys: the cloud is their only record. */
export function resourceCommands(ports: Ports): ResourceCommands {
  const { store, clock } = ports;
  const inTurn = createInTurn();

  return {
    async zones(query) {
      const { provider, defaultZone } = accountFor(ports, query.account);
      return provider.zones.map((name) => ({ name, isDefault: name === defaultZone }));
    },

    async listResources(kind, query) {
      const { zone, port } = portFor(ports, kind, query);
      return checked(() => port.list(zone));
    },

    findResource: async (kind, reference, query) => (await findResource(ports, kind, reference, query)).thing,

    async createResource<K extends ResourceKind>(kind: K, request: Where & { name: string }) {
      const { account: _account, zone: _zone, ...fields } = request;
      const { account, zone, port } = portFor(ports, kind, request);
      // The schema of the kind was met.
      const wanted = { ...fields, zone } as unknown as WantedResource[K];
      const by = { owner: await store.owner() };
      // Two at once would both look, find nothing, and make one each.
      const key = [account.name, kind, port.placeOf(zone), request.name].join("\n");
      return inTurn(key, async () => {
        const shared = { kind, place: port.placeOf(zone), name: request.name };
        await expectKept(account, shared);
        const thing = await checked(() => port.ensure(wanted, by), REPEAT);
        if (thing.onDemand) throw refusals.onDemand(kind, thing.name);
        // A removal that begins from now on sees that it is to stay; one that began before may not have.
        await expectKept(account, shared);
        return thing;
      });
    },

    ...volumeCommands(ports),

    async deleteResource(kind, reference, { force = false, ...query }) {
      const { account, zone, port, thing } = await findResource(ports, kind, reference, query);
      const users = force ? undefined : await usersOf(account.name, kind, thing);
      if (users !== undefined) throw refusals.inUse(kind, thing.name, users);
      await checked(() => port.delete(thing.id, zone), REPEAT);
      return thing;
    },
  };

  /** Nobody is just removing it, because the last instance that wanted it is gone. */
  async function expectKept(
    { name: account }: Account,
    thing: { kind: ResourceKind; place: string; name: string },
  ) {
    const { kind } = thing;
    if (kind !== "volume" && (await store.sharedIsTaken(account, { ...thing, kind }, clock.now())))
      throw refusals.beingRemoved(kind, thing.name);
  }

  /** Who would miss it: instances that want it by its name, else machines that have it. */
  async function usersOf<K extends ResourceKind>(account: string, kind: K, thing: Resource[K]) {
    const { name, place } = thing;
    const shared = (await store.shared(account)).find(
      (one) => one.kind === kind && one.place === place && one.name === name,
    );
    if (shared !== undefined && shared.uses > 0) return counted(shared.uses, "instance");
    if ("machine" in thing && thing.machine !== undefined) return `machine ${thing.machine}`;
    return "machines" in thing && thing.machines > 0 ? counted(thing.machines, "machine") : undefined;
  }
}

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? "" : "s"}`;
