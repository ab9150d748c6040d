import { ScalewayCallError } from "@mayfly/scaleway";
import type { Named } from "../resources/resources.ts";
import type { Clients } from "./clients.ts";
import type { Found, FoundOrMade } from "./kind.ts";

/** One call, by which the cloud decides: what anything holds stays as it is. */
export async function discardOne<
  Thing extends Named,
  Wanted extends { name: string; zone: string },
  Whole extends Found<Thing>,
>(
  clients: Clients,
  kind: FoundOrMade<Thing, Wanted, Whole>,
  { id, place }: Pick<Named, "id" | "place">,
): Promise<"gone" | "in use"> {
  try {
    await kind.discard(clients, id, place);
    return "gone";
  } catch (error) {
    if (!(error instanceof ScalewayCallError)) throw error;
    if (error.kind === "not_found") return "gone";
    if (error.kind === "conflict") return "in use";
    throw error;
  }
}
