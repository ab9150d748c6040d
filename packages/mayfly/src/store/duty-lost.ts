import { StoreError } from "./error.ts";

export const dutyLost = (attempted: string, duty: string): StoreError =>
  new StoreError("lease_lost", `${attempted}: the duty ${duty} is another's now`);
