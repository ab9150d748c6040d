import type { Clock, Scaleway } from "@mayfly/scaleway";
import type { Products } from "@mayfly/scaleway/products";
import type { ObjectStorage } from "./object-storage.ts";

/** One set of credentials, and what is reached with it. */
export interface Cloud extends Omit<Scaleway, "abortedBy" | "fencedBy">, Products {
  clock: Clock;
  /** For what names none. */
  zone: string;
  /** For what names none. */
  region: string;
  storage(region: string): Promise<ObjectStorage>;
}
