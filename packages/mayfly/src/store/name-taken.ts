import { StoreError } from "./error.ts";

export const nameTaken = (id: string, name: string, holder: string): StoreError =>
  new StoreError("name_taken", `name ${id} ${name}: ${holder} has this name`);
