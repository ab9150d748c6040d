/**
 * What machines live among: networks, firewalls, volumes and keys, each with a name that a person chose.
 *
 * Every method may be called again after a crash or a lost answer, to the same end; failures are `ProviderError`s. What
 * is made for one instance alone is not found here: it carries that instance's mark and belongs to its footprint.
 */
export interface Resources<Thing extends Named, Wanted extends { name: string; zone: string }> {
  /** Where one that is asked for in this zone is: the zone, its region, or `everywhere`. */
  placeOf(zone: string): string;
  /** All of the project, ours or not: every page, or a throw. */
  list(zone: string, options?: { signal?: AbortSignal }): Promise<Thing[]>;
  /** By its id, or by exactly its name; a name that several have, of which one is not ours, is `invalid_input`. */
  find(reference: string, zone: string, options?: { signal?: AbortSignal }): Promise<Thing | undefined>;
  /**
   * The one of exactly this name, made when there is none. It is looked for first, so that a repeat finds what an
   * attempt with an unknown outcome made. One that is there already and is not as wanted is `invalid_input`.
   */
  ensure(wanted: Wanted, by: MadeBy): Promise<Thing>;
  /** Resolves when it is gone, also when it was before; what holds it for a moment is waited for, within a bound. */
  delete(id: string, zone: string, options?: { signal?: AbortSignal }): Promise<void>;
}

export interface Named {
  id: string;
  name: string;
  /** Where it is: a zone, a region, or `everywhere`. */
  place: string;
  /** Which installation made it; absent when somebody else did. */
  owner?: string;
  /** Made because an instance wanted it: it goes with the last one that does. */
  onDemand: boolean;
  /** Epoch milliseconds. */
  createdAt?: number;
}

export interface MadeBy {
  owner: string;
  /** @default false: somebody asked for it by itself, and it stays until somebody deletes it */
  onDemand?: boolean;
  /** Called right before each call that makes something; it throws `Fenced` when another worker may be at it by now. */
  fence?: () => void;
  signal?: AbortSignal;
}
