import type { Instance } from "../lifecycle/instance.ts";
import type { RowColumns } from "./row-codec.ts";
import { rowCodec } from "./row-codec.ts";

/** A row as a database hands it out. */
type Found = Record<string, unknown>;

export const decode = {
  one: (found: Found | undefined): Instance | undefined => found && rowCodec.decode(found as RowColumns),
  many: (found: Found[]): Instance[] => found.map((columns) => rowCodec.decode(columns as RowColumns)),
};
