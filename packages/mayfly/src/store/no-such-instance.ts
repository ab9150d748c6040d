import { StoreError } from "./error.ts";

export const noSuchInstance = (id: string): StoreError =>
  new StoreError("no_such_instance", `update ${id}: there is no such instance`);
