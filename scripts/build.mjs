// Compiles packages/*/dist when the sources are not those of the last build. Runs on Node 20.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { ensureInstalled } from "./install.mjs";
import { node, root } from "./root.mjs";
import { runStep } from "./run-step.mjs";

/** What imports comes after what it imports: a package is compiled against the built types of the others. */
const packages = ["emulator", "scaleway", "mayfly"];
const stamp = join(root, "packages", "mayfly", "dist", ".built");

/** Resolves when dist is what the sources say. */
export async function ensureBuilt() {
  const wanted = sourcesHash();
  if (lastBuild() === wanted) return;
  process.stderr.write("building …\n");
  const tsc = join(root, "node_modules", ".bin", "tsc");
  for (const name of packages)
    await runStep(`build of packages/${name}`, node, [tsc, "-p", `packages/${name}/tsconfig.json`]);
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, wanted);
}

function lastBuild() {
  try {
    return readFileSync(stamp, "utf8");
  } catch {
    return undefined;
  }
}

/** Of names, sizes and times, so that a file that went away counts too. */
function sourcesHash() {
  const hash = createHash("sha256");
  const files = packages.flatMap((name) => {
    const folder = join(root, "packages", name);
    const sources = readdirSync(join(folder, "src"), { recursive: true }).filter((file) =>
      /(?<!\.test)\.ts$/.test(file),
    );
    return [
      join(folder, "package.json"),
      join(folder, "tsconfig.json"),
      ...sources.sort().map((file) => join(folder, "src", file)),
    ];
  });
  for (const file of [...files, join(root, "tsconfig.base.json"), join(root, "package-lock.json")]) {
    const { size, mtimeMs } = statSync(file);
    hash.update(`${file}\0${size}\0${mtimeMs}\n`);
  }
  return hash.digest("hex");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    await ensureInstalled();
    await ensureBuilt();
  } catch (error) {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}
