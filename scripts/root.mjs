import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The clone. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** The project's own Node.js, whatever the machine has. */
export const node = join(root, "node_modules", ".bin", "node");
