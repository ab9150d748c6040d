import type { Phase } from "../lifecycle/instance.ts";
import type { Store } from "../store/store.ts";
import type { Log } from "./ports.ts";

/** The same store, with one line in the log for each new row and each change of phase, whoever wrote it. */
export function loggedStore<S extends Pick<Store, "insert" | "update">>(store: S, log: Log): S {
  const own: Pick<Store, "insert" | "update"> = {
    async insert(...[row, options]: Parameters<Store["insert"]>) {
      const inserted = await store.insert(row, options);
      const { id, phase, reason } = inserted.instance;
      if (inserted.created) log.info({ instance: id, phase, reason }, `new → ${phase}`);
      return inserted;
    },
    async update(...[id, guard, change]: Parameters<Store["update"]>) {
      let before: Phase | undefined;
      const written = await store.update(id, guard, (row) => {
        before = row.phase;
        return change(row);
      });
      const { phase, reason } = written;
      if (phase !== before) log.info({ instance: id, phase, reason }, `${before} → ${phase}`);
      return written;
    },
  };
  // Asked for each time: the file behind a store may become another one.
  return new Proxy(own as S, {
    get: (_, name) => Reflect.get(Object.hasOwn(own, name) ? own : store, name),
  });
}
