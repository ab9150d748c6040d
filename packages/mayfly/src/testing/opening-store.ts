import { StoreError } from "../store/error.ts";
import type { Store } from "../store/store.ts";

/**
 * A store that is there before it is open: what is asked of it waits for that.
 * @param own methods in place of its own
 */
export function openingStore(
  opening: Promise<Store>,
  own: Partial<Store>,
): {
  store: Store;
  /** From now on every call is refused. */
  refuse(): void;
} {
  let refuses = false;
  let opened: Store | undefined;
  opening.then(
    (store) => (opened = store),
    // Whoever calls it hears why.
    () => undefined,
  );
  const reach = async (name: string, args: unknown[]): Promise<unknown> => {
    const store = opened ?? (await opening);
    if (refuses) throw new StoreError("unavailable", `${name}: its process is dead`);
    return Reflect.apply(Reflect.get(store, name) as () => unknown, store, args);
  };
  const store = new Proxy(own as Store, {
    get: (_, name) => Reflect.get(own, name) ?? ((...args: unknown[]) => reach(String(name), args)),
  });
  return { store, refuse: () => void (refuses = true) };
}
