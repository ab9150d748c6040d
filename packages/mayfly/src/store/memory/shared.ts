import { isHeld } from "../is-held.ts";
import type { Store } from "../store.ts";
import { sharedKey } from "./tables.ts";
import type { Tables } from "./tables.ts";

type Shared = "shared" | "takeShared" | "sharedIsTaken" | "dropShared";

export function shared({ shared }: Tables): Pick<Store, Shared> {
  return {
    shared: async (account) =>
      [...shared.values()]
        .filter((one) => one.account === account)
        .map(({ kind, place, name, uses }) => ({ kind, place, name, uses: uses.size })),

    async takeShared(account, thing, { token, now, until }) {
      const row = shared.get(sharedKey(account, thing));
      if (!row || row.uses.size > 0 || isHeld(row.taken?.until, now)) return false;
      row.taken = { token, until };
      return true;
    },

    sharedIsTaken: async (account, thing, now) =>
      isHeld(shared.get(sharedKey(account, thing))?.taken?.until, now),

    async dropShared(account, thing, { token, removed }) {
      const key = sharedKey(account, thing);
      const row = shared.get(key);
      if (row?.taken?.token !== token) return;
      if (removed && row.uses.size === 0) shared.delete(key);
      else row.taken = undefined;
    },
  };
}
