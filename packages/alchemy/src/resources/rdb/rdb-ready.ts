import type { Rdbv1 } from "@mayfly/scaleway/products";
import type { Cloud } from "../../cloud.ts";
import { orAbsent } from "../../or-absent.ts";
import { settled } from "../../settled.ts";

/** A server takes up to seven minutes, a large one more. */
const READY_WITHIN_MS = 1_800_000;
const EVERY_MS = 15_000;

interface Place {
  instanceId: string;
  region: string;
}

export const getRdb = (cloud: Cloud, at: Place): Promise<Rdbv1.Instance | undefined> =>
  orAbsent(() => cloud.rdb.getInstance(at));

/** Until the server takes orders; undefined when there is none, or it is on its way out. */
export async function rdbReady(cloud: Cloud, at: Place): Promise<Rdbv1.Instance | undefined> {
  let last: Rdbv1.Instance | undefined;
  const look = async () => {
    last = await getRdb(cloud, at);
    return last?.status;
  };
  const what = `database server ${at.instanceId}`;
  const ready = ["ready", "disk_full", "deleting"];
  await settled(look, { clock: cloud.clock, what, ready, timeoutMs: READY_WITHIN_MS, everyMs: EVERY_MS });
  return last?.status === "deleting" ? undefined : last;
}
