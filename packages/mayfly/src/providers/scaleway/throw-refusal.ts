import { ScalewayCallError } from "@mayfly/scaleway";
import { ProviderError } from "../error.ts";
import { orAbsent } from "./or-absent.ts";

/**
 * Says why a call was refused that named a thing by its id. A thing that was there a moment ago and is gone, or is not
 * known everywhere yet, is a `conflict`, since the next attempt finds it or makes one. Else the refusal is thrown as it is.
 */
export async function throwRefusal(refusal: unknown, named: NamedThing): Promise<never> {
  const { noun, id, resource, look } = named;
  if (!(refusal instanceof ScalewayCallError)) throw refusal;
  const { kind } = refusal;
  const isSaid = kind === "not_found" && refusal.resource === resource;
  const mayBeMeant = kind === "not_found" || kind === "invalid_input";
  if (!isSaid && !(mayBeMeant && (await orAbsent(look)) === undefined)) throw refusal;
  throw new ProviderError("conflict", `${noun} ${id} is gone since it was found`, { cause: refusal });
}

export interface NamedThing {
  /** For messages: `firewall`. */
  noun: string;
  id: string;
  /** The cloud's word for its kind. */
  resource: string;
  /** Asks for it by its id; throws with kind `not_found`. */
  look: () => Promise<unknown>;
}
