import { spawn } from "node:child_process";
import { root } from "./root.mjs";

/**
 * Runs a step of the preparation to its end. It is silent unless it fails: then it rejects with an error that carries
 * what was printed, also as `output`.
 */
export function runStep(name, command, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding("utf8").on("data", (text) => (output += text));
    child.once("error", (error) => reject(new Error(`${name}: ${error.message}`)));
    child.once("close", (code, signal) => {
      if (code === 0) return resolve();
      const error = new Error(`${output.trimEnd()}\n${name} failed (${signal ?? `exit code ${code}`})`);
      reject(Object.assign(error, { output }));
    });
  });
}
