import type { Instance } from "../../lifecycle/instance.ts";
import { applyChange } from "../apply-change.ts";
import { dutyLost } from "../duty-lost.ts";
import { firstRow } from "../first-row.ts";
import { KEYS_KEPT_MS } from "../keys-kept-ms.ts";
import { nameTaken } from "../name-taken.ts";
import { noSuchInstance } from "../no-such-instance.ts";
import { takesName } from "../takes-name.ts";
import type { Store } from "../store.ts";
import { decode } from "../decode.ts";
import type { Session } from "./session.ts";

type Writing = "insert" | "unacknowledged" | "acknowledge" | "claim" | "renew" | "update";

/** The changes of instances. */
export function writing(session: Session): Pick<Store, Writing> {
  const { statements, rows, read, write } = session;

  const expectFreeName = ({ id, name }: Instance) => {
    const holder = statements.byLiveName.get({ name });
    if (holder) throw nameTaken(id, name, String(holder["id"]));
  };

  return {
    async insert(fresh, { idempotencyKey, foundKey, deliveryKey, duty } = {}) {
      const { row, event } = firstRow(fresh);
      const { id } = row;
      return write(`insert ${id}`, ({ addEvent }) => {
        if (duty && statements.dutyOfAnother.get({ ...duty })) throw dutyLost(`insert ${id}`, duty.name);
        if (idempotencyKey !== undefined)
          statements.dropIdempotencyKeys.run({ before: row.createdAt - KEYS_KEPT_MS });
        const known =
          (idempotencyKey !== undefined && statements.byIdempotencyKey.get({ key: idempotencyKey })) ||
          (foundKey !== undefined && statements.byFoundKey.get({ key: foundKey })) ||
          (deliveryKey !== undefined && statements.byDelivery.get({ key: deliveryKey })) ||
          undefined;
        const earlier = decode.one(known);
        if (earlier) return { instance: earlier, created: false };
        expectFreeName(row);
        const instance = rows.insert(row);
        for (const thing of row.uses ?? []) {
          statements.addShared.run({ account: row.account, ...thing });
          statements.addSharedUse.run({ account: row.account, ...thing, id });
        }
        if (idempotencyKey !== undefined)
          statements.addIdempotencyKey.run({ key: idempotencyKey, id, at: row.createdAt });
        if (foundKey !== undefined) statements.addFoundKey.run({ key: foundKey, id });
        if (deliveryKey !== undefined) statements.addDelivery.run({ key: deliveryKey, id });
        addEvent(event);
        return { instance, created: true };
      });
    },

    unacknowledged: () =>
      read("list deliveries", () => statements.deliveries.all().map((row) => String(row["key"]))),
    async acknowledge(deliveryKey, duty) {
      await write("acknowledge a delivery", () => {
        if (duty && statements.dutyOfAnother.get({ ...duty })) return;
        statements.dropDelivery.run({ key: deliveryKey });
      });
    },

    claim: (id, { token, now, until }) =>
      write(`claim ${id}`, () => decode.one(statements.claim.get({ id, token, now, until }))),

    async renew(token, now, until) {
      await write("renew leases", () => statements.renew.run({ token, now, until }));
    },

    update: (id, guard, change) =>
      write(`update ${id}`, ({ addEvent, erasesSecret, watches }) => {
        const before = decode.one(statements.byId.get({ id }));
        if (!before) throw noSuchInstance(id);
        const applied = applyChange(before, guard, change);
        if (!applied) return before;
        if (takesName(before, applied.row)) expectFreeName(applied.row);
        const written = rows.update(before, applied.row);
        if (written.phase === "deleted") {
          if (written.uses !== undefined) statements.dropSharedUses.run({ id });
          statements.dropSighting.run({ id });
        }
        if (written.watched && !written.lease) watches(written.account);
        applied.events.forEach(addEvent);
        if (before.spec.userData !== undefined && written.spec.userData === undefined) erasesSecret();
        return written;
      }),
  };
}
