import { ProviderError } from "../error.ts";
import type { MadeBy, Named } from "../resources/resources.ts";
import type { Shareable } from "../resources/shareable.ts";
import type { FakeCloud } from "./fake-cloud.ts";
import type { FakeKinds } from "./fake-named.ts";

export interface FakeKind<K extends keyof FakeKinds, Wanted> {
  kind: K;
  /** Where one is that is asked for in this zone. */
  placeOf(zone: string): string;
  /** What is made. Throws `invalid_input` when it cannot be. */
  make(wanted: Wanted, id: string): Omit<FakeKinds[K], keyof Named>;
  /** Why the one that is there is not as wanted. */
  differs(thing: FakeKinds[K], wanted: Wanted): string | undefined;
  /** As it is by now. @default as it is kept */
  look?(thing: FakeKinds[K]): Promise<FakeKinds[K]>;
}

/** What all kinds of things with names have in common on the fake cloud. */
export function fakeNamed<K extends keyof FakeKinds, Wanted extends { name: string; zone: string }>(
  cloud: FakeCloud,
  { kind, placeOf, make, differs, look = async (thing) => thing }: FakeKind<K, Wanted>,
): Shareable<FakeKinds[K], Wanted> {
  async function list(zone: string, { signal }: { signal?: AbortSignal } = {}): Promise<FakeKinds[K][]> {
    signal?.throwIfAborted();
    const all = await cloud.listNamed(kind);
    return Promise.all(all.filter(({ place }) => place === placeOf(zone)).map(look));
  }

  async function find(reference: string, zone: string, options?: { signal?: AbortSignal }) {
    const all = await list(zone, options);
    const byId = all.find(({ id }) => id === reference);
    const byName = all.filter(({ name }) => name === reference);
    const [first] = byName;
    if (byId || byName.length < 2) return byId ?? first;
    // One installation may have made several, when an answer was lost: the first is meant.
    if (first?.owner !== undefined && byName.every(({ owner }) => owner === first.owner)) return first;
    throw new ProviderError("invalid_input", `${byName.length} ${kind}s are named ${reference}: give an id`);
  }

  return {
    placeOf,
    list,
    find,
    async ensure(wanted, { owner, onDemand = false, fence, signal }: MadeBy) {
      const { name, zone } = wanted;
      const found = await find(name, zone, signal && { signal });
      const difference = found && differs(found, wanted);
      if (difference !== undefined)
        throw new ProviderError("invalid_input", `create ${kind} ${name} on fake: ${difference}`);
      if (found?.onDemand && found.owner !== owner)
        throw new ProviderError(
          "invalid_input",
          `create ${kind} ${name} on fake: it is there until ${found.owner} removes it`,
        );
      if (found && (onDemand || !found.onDemand)) return found;
      fence?.();
      if (found) {
        // Now somebody wants it by itself.
        await cloud.changeNamed(kind, found.id, { onDemand: false } as Partial<FakeKinds[K]>);
        return { ...found, onDemand: false };
      }
      const common = { name, place: placeOf(zone), owner, onDemand };
      return cloud.makeNamed(
        kind,
        (id) => ({ ...make(wanted, id), ...common }) as unknown as Omit<FakeKinds[K], "id" | "createdAt">,
      );
    },
    async discard(id) {
      try {
        await cloud.deleteNamed(id);
        return "gone";
      } catch (error) {
        if (error instanceof ProviderError && error.code === "conflict") return "in use";
        throw error;
      }
    },
    async delete(id, zone, options) {
      if (!(await list(zone, options)).some((thing) => thing.id === id)) return;
      await cloud.emptyNetwork(id);
      await cloud.deleteNamed(id);
    },
  };
}
