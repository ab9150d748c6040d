import type { Named, Resources } from "./resources.ts";

/** What instances share, and what goes with the last one that wants it. */
export interface Shareable<
  Thing extends Named,
  Wanted extends { name: string; zone: string },
> extends Resources<Thing, Wanted> {
  /** Deletes it unless something holds it: then it stays as it is. Nothing is waited for, and nothing taken off it. */
  discard(id: string, zone: string, options?: { signal?: AbortSignal }): Promise<"gone" | "in use">;
}
