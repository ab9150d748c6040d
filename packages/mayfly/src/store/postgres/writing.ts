import type { Instance } from "../../lifecycle/instance.ts";
import { applyChange } from "../apply-change.ts";
import { decode } from "../decode.ts";
import { dutyLost } from "../duty-lost.ts";
import { firstRow } from "../first-row.ts";
import { KEYS_KEPT_MS } from "../keys-kept-ms.ts";
import { nameTaken } from "../name-taken.ts";
import { noSuchInstance } from "../no-such-instance.ts";
import { sql } from "../sql.ts";
import type { Store } from "../store.ts";
import { takesName } from "../takes-name.ts";
import { isAnothers } from "./is-anothers.ts";
import { rows } from "./rows.ts";
import type { Session, Transaction } from "./session.ts";

type Writing = "insert" | "unacknowledged" | "acknowledge" | "claim" | "renew" | "update";

/** The changes of instances. */
export function writing({ read, write }: Session, prompt: Session): Pick<Store, Writing> {
  /** Claims whose answer did not come: this process does not know that it holds these rows, and must not go on holding them. */
  const doubtful = new Set<string>();

  return {
    async insert(fresh, { idempotencyKey, foundKey, deliveryKey, duty } = {}) {
      const { row, event } = firstRow(fresh);
      const { id, account, uses = [] } = row;
      return write(`insert ${id}`, async ({ run, execute, lock, addEvent, setTime }) => {
        if (duty && (await isAnothers({ execute }, duty))) throw dutyLost(`insert ${id}`, duty.name);
        // The key that another transaction is just writing is seen only when that is over.
        if (foundKey !== undefined) await lock(`found ${foundKey}`);
        if (uses.length > 0) await lock(`shared ${account}`);
        if (idempotencyKey !== undefined)
          await run("dropIdempotencyKeys", { before: row.createdAt - KEYS_KEPT_MS });
        const known =
          (idempotencyKey !== undefined && (await run("byIdempotencyKey", { key: idempotencyKey }))[0]) ||
          (foundKey !== undefined && (await run("byFoundKey", { key: foundKey }))[0]) ||
          (deliveryKey !== undefined && (await run("byDelivery", { key: deliveryKey }))[0]) ||
          undefined;
        const earlier = decode.one(known);
        if (earlier) return { instance: earlier, created: false };
        await expectFreeName(run, row);
        const instance = await rows.insert(run, row);
        for (const thing of uses) {
          await run("addShared", { account, ...thing });
          await run("addSharedUse", { account, ...thing, id });
        }
        if (idempotencyKey !== undefined)
          await run("addIdempotencyKey", { key: idempotencyKey, id, at: row.createdAt });
        if (foundKey !== undefined) await run("addFoundKey", { key: foundKey, id });
        if (deliveryKey !== undefined) await run("addDelivery", { key: deliveryKey, id });
        addEvent(event);
        setTime({ id, why: "inserted", at: instance.nextActionAt });
        return { instance, created: true };
      });
    },

    unacknowledged: () =>
      read("list deliveries", async (run) => (await run("deliveries")).map((row) => String(row["key"]))),
    async acknowledge(deliveryKey, duty) {
      await write("acknowledge a delivery", async ({ run, execute }) => {
        if (!duty || !(await isAnothers({ execute }, duty))) await run("dropDelivery", { key: deliveryKey });
      });
    },

    async claim(id, { token, now, until }) {
      doubtful.add(id);
      const claimed = await write(`claim ${id}`, async ({ run, setTime }) => {
        const [found] = await run("claim", { id, token, now, until });
        if (found) setTime({ id, why: "claimed", at: until });
        return decode.one(found);
      });
      doubtful.delete(id);
      return claimed;
    },

    async renew(token, now, until) {
      const renewed = { token, now, until, doubtful: [...doubtful] };
      // One statement is one transaction: nobody waits for these rows while the server waits for us.
      await prompt.ask("renew leases", `${sql.renew} AND id <> ALL (:doubtful::text[])`, renewed);
    },

    update: (id, guard, change) =>
      write(`update ${id}`, async ({ run, execute, addEvent, watches, setTime }) => {
        const before = decode.one((await execute(`${sql.byId} FOR UPDATE`, { id }))[0]);
        if (!before) throw noSuchInstance(id);
        const applied = applyChange(before, guard, change);
        if (!applied) return before;
        if (takesName(before, applied.row)) await expectFreeName(run, applied.row);
        const written = await rows.update({ run, execute }, before, applied.row);
        if (written.phase === "deleted") {
          if (written.uses !== undefined) await run("dropSharedUses", { id });
          await run("dropSighting", { id });
        }
        if (written.watched && !written.lease) watches(written.account);
        applied.events.forEach(addEvent);
        const released = before.lease !== undefined && written.lease === undefined;
        if (released) setTime({ id, why: "released", at: written.nextActionAt });
        // While somebody holds it the job at the lease's end stands: he sees the change when he gives the row back.
        else if (written.lease === undefined && written.nextActionAt !== before.nextActionAt)
          setTime({ id, why: "changed", at: written.nextActionAt });
        return written;
      }),
  };
}

async function expectFreeName(run: Transaction["run"], { id, name }: Instance): Promise<void> {
  const [holder] = await run("byLiveName", { name });
  if (holder) throw nameTaken(id, name, String(holder["id"]));
}
