import { spawn } from "node:child_process";
import { root } from "./root.mjs";

/** Runs a step of the preparation to its end; what it prints goes to standard error. Rejects when it fails. */
export function runStep(name, command, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, stdio: ["ignore", 2, 2] });
    child.once("error", (error) => reject(new Error(`${name}: ${error.message}`)));
    child.once("exit", (code, signal) => {
      if (code === 0) resolve();
      else reject(new Error(`${name} failed (${signal ?? `exit code ${code}`})`));
    });
  });
}
