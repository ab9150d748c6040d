// Packs packages/alchemy, and packages/scaleway that it needs, as npm would publish them: `node scripts/alchemy-pack.mjs FOLDER`.
import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { ensureEngine } from "./alchemy-engine.mjs";
import { ensureBuilt } from "./build.mjs";
import { ensureInstalled } from "./install.mjs";
import { node, root } from "./root.mjs";
import { runStep } from "./run-step.mjs";

/** Resolves when the tarballs are in the folder. */
export async function packAlchemy(folder) {
  await ensureInstalled();
  await ensureBuilt();
  if (!(await ensureEngine())) throw new Error("pack packages/alchemy: it is compiled against its engine");
  const tsc = join(root, "node_modules", ".bin", "tsc");
  await runStep("build of packages/alchemy", node, [tsc, "-p", "packages/alchemy/tsconfig.json"]);
  mkdirSync(folder, { recursive: true });
  const packages = ["packages/scaleway", "packages/alchemy"].map((path) => join(root, path));
  await runStep("npm pack", "npm", ["pack", "--silent", "--pack-destination", folder, ...packages]);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    const [folder] = process.argv.slice(2);
    if (folder === undefined) throw new Error("use it as: node scripts/alchemy-pack.mjs FOLDER");
    await packAlchemy(resolve(folder));
  } catch (error) {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}
