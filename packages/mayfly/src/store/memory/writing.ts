import type { Instance } from "../../lifecycle/instance.ts";
import { applyChange } from "../apply-change.ts";
import { StoreError } from "../error.ts";
import { dutyLost } from "../duty-lost.ts";
import { firstRow } from "../first-row.ts";
import { isHeld } from "../is-held.ts";
import { KEYS_KEPT_MS } from "../keys-kept-ms.ts";
import { nameTaken } from "../name-taken.ts";
import { noSuchInstance } from "../no-such-instance.ts";
import type { Store } from "../store.ts";
import { takesName } from "../takes-name.ts";
import type { Tables } from "./tables.ts";

type Writing = "insert" | "unacknowledged" | "acknowledge" | "claim" | "renew" | "update";

/** The changes of instances. Whatever may refuse comes before the first write. */
export function writing(tables: Tables): Pick<Store, Writing> {
  const { rows, leased, names, idempotencyKeys, foundKeys, deliveries, events, waiters, read, write } =
    tables;
  const { sightings, watchers, isAnothers } = tables;

  const expectFreeName = ({ id, name }: Instance) => {
    const holder = names.get(name);
    if (holder !== undefined) throw nameTaken(id, name, holder);
  };

  const forgetKeys = (before: number) => {
    for (const [key, { at }] of idempotencyKeys) if (at < before) idempotencyKeys.delete(key);
  };

  return {
    async insert(fresh, { idempotencyKey, foundKey, deliveryKey, duty } = {}) {
      const { row, event } = firstRow(fresh);
      const { id } = row;
      if (isAnothers(duty)) throw dutyLost(`insert ${id}`, duty!.name);
      if (idempotencyKey !== undefined) forgetKeys(row.createdAt - KEYS_KEPT_MS);
      const repeated =
        idempotencyKey === undefined ? undefined : read(idempotencyKeys.get(idempotencyKey)?.id);
      if (repeated) return { instance: repeated, created: false };
      const found = foundKey === undefined ? undefined : read(foundKeys.get(foundKey));
      if (found && found.phase !== "deleted") return { instance: found, created: false };
      const delivered = deliveryKey === undefined ? undefined : read(deliveries.get(deliveryKey));
      if (delivered) return { instance: delivered, created: false };
      expectFreeName(row);
      if (rows.has(id)) throw new StoreError("unavailable", `insert ${id}: this id exists`);
      const instance = write(undefined, row);
      if (idempotencyKey !== undefined) idempotencyKeys.set(idempotencyKey, { id, at: row.createdAt });
      if (foundKey !== undefined) foundKeys.set(foundKey, id);
      if (deliveryKey !== undefined) deliveries.set(deliveryKey, id);
      events.push(event);
      waiters.wake();
      return { instance, created: true };
    },

    unacknowledged: async () => [...deliveries.keys()],
    async acknowledge(deliveryKey, duty) {
      if (!isAnothers(duty)) deliveries.delete(deliveryKey);
    },

    async claim(id, { token, now, until }) {
      const row = read(id);
      if (!row || row.phase === "deleted" || isHeld(row.lease?.until, now)) return undefined;
      return write(row, { ...row, version: row.version + 1, lease: { token, until } });
    },

    async renew(token, now, until) {
      for (const id of leased.keys()) {
        const row = read(id)!;
        const mine = row.lease?.token === token && row.lease.until > now;
        if (mine) write(row, { ...row, lease: { token, until } });
      }
    },

    async update(id, guard, change) {
      const before = read(id);
      if (!before) throw noSuchInstance(id);
      const applied = applyChange(before, guard, change);
      if (!applied) return before;
      if (takesName(before, applied.row)) expectFreeName(applied.row);
      const written = write(before, applied.row);
      events.push(...applied.events);
      if (applied.events.length > 0) waiters.wake();
      if (written.phase === "deleted") sightings.delete(id);
      if (written.watched && !written.lease) watchers(written.account).wake();
      return written;
    },
  };
}
