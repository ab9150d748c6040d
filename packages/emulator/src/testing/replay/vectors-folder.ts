import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const beside = new URL("../../../../../../shared/vectors/", import.meta.url);

/** Where the recordings are: $MAYFLY_VECTORS, or shared/vectors beside the clone; undefined: neither is there. */
export function vectorsFolder(environment = process.env["MAYFLY_VECTORS"]): string | undefined {
  const candidates = [environment, fileURLToPath(beside)];
  return candidates.find((folder) => folder !== undefined && folder !== "" && existsSync(folder));
}
