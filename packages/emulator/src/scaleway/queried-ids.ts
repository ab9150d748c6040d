import { isUuid } from "../http/body.ts";
import { invalidArgument } from "../http/refusal.ts";
import type { Call } from "../http/route.ts";
import { values } from "./listed.ts";

/** Refuses a list by what is no UUID. */
export function checkQueriedIds({ query }: Call, names: readonly string[]): void {
  for (const name of names)
    if (values(query, name).some((id) => !isUuid(id)))
      throw invalidArgument(name, "format", "value must be a valid UUID");
}
