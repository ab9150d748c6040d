import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

const root = join(import.meta.dirname, "../../../../..");
const engine = join(root, "packages/alchemy/engine/node_modules");

/** The example in a folder of its own, with the packed packages as npm would put them there. */
export interface UserProject {
  folder: string;
  close(): void;
}

export function aUserProject(): UserProject {
  const folder = mkdtempSync(join(tmpdir(), "mayfly-example-"));
  const modules = join(folder, "node_modules");
  cpSync(join(root, "packages/alchemy/example"), folder, { recursive: true });

  // 1. what was packed, as files: links would find the sources' own neighbours
  const packed = join(folder, "packed");
  const words = [join(root, "scripts/alchemy-pack.mjs"), packed];
  execFileSync(process.execPath, words, { stdio: ["ignore", "ignore", "inherit"] });
  for (const [name, file] of [
    ["@mayfly/scaleway", "mayfly-scaleway-0.1.0.tgz"],
    ["@mayfly/alchemy", "mayfly-alchemy-0.1.0.tgz"],
  ] as const) {
    mkdirSync(join(modules, name), { recursive: true });
    const into = ["-xzf", join(packed, file), "-C", join(modules, name), "--strip-components=1"];
    execFileSync("tar", into);
  }

  // 2. what they and the example depend on
  const link = (name: string, from: string) => {
    mkdirSync(dirname(join(modules, name)), { recursive: true });
    symlinkSync(join(from, name), join(modules, name), "dir");
  };
  for (const name of ["alchemy", "@aws-sdk/client-s3"]) link(name, engine);
  for (const name of readdirSync(join(root, "node_modules/@scaleway")))
    link(`@scaleway/${name}`, join(root, "node_modules"));
  link("@types/node", join(root, "node_modules"));
  return { folder, close: () => rmSync(folder, { recursive: true }) };
}
