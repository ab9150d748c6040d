import type { MadeBy, Named } from "../resources/resources.ts";
import { Refused } from "../refused.ts";

/** What goes with the last instance of another installation is nothing to rely on. */
export function expectLasting({ id, onDemand, owner }: Named, by: MadeBy): void {
  if (onDemand && owner !== by.owner)
    throw new Refused(
      `${id} has this name, and installation ${owner} removes it with its own last instance`,
      "delete it, or choose another name",
    );
}
