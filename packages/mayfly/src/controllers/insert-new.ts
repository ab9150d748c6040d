import type { CreateInstance } from "../api/create-instance.ts";
import { RequestProblem } from "../api/problem.ts";
import type { Instance } from "../lifecycle/instance.ts";
import { StoreError } from "../store/error.ts";
import type { NewInstance, Store } from "../store/store.ts";
import type { Ports } from "./ports.ts";

/** Writes the row of a request and wakes its worker. A name that nobody chose gets a suffix where it is taken. */
export async function insertNew(
  { store, scheduler }: Pick<Ports, "store" | "scheduler">,
  request: Pick<CreateInstance, "name">,
  row: NewInstance,
  options: Parameters<Store["insert"]>[1],
): Promise<{ instance: Instance; created: boolean }> {
  const inserted = await store.insert(row, options).catch((error: unknown) => {
    if (!(error instanceof StoreError && error.code === "name_taken")) throw error;
    if (request.name === undefined)
      return store.insert({ ...row, name: `${row.name}-${row.id.slice(-6)}` }, options);
    throw new RequestProblem(
      "refused",
      `there is an instance named ${row.name} already; choose another name`,
      [{ path: "name", message: `${row.name} is taken` }],
    );
  });
  await scheduler.wakeNow([inserted.instance.id]);
  return inserted;
}
