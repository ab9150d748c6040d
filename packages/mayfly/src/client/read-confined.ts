import type { ProblemItem } from "../api/problem.ts";
import { readBounded } from "./read-bounded.ts";

/** What a file may lack through its writer's fault. Anything else is this machine's trouble, and is thrown. */
const THEIRS: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  ENOTDIR: "there is no such file",
  ELOOP: "it is a link, or leads in a circle",
  EACCES: "it is not for us to read",
  ENAMETOOLONG: "its name is too long",
};

/**
 * The text of a file in this folder, or what is wrong with it. The name is somebody else's word: neither it nor a link
 * leads out of the folder, also when the links change meanwhile.
 * @param options.path where the name stood, for the problem
 */
export function readConfined(
  folder: string,
  file: string,
  { path, mostBytes }: { path: string; mostBytes: number },
): string | ProblemItem {
  const { constants, readlinkSync, realpathSync } = process.getBuiltinModule("node:fs");
  const { resolve, sep } = process.getBuiltinModule("node:path");
  const problem = (message: string, suggestion?: string): ProblemItem => ({
    path,
    message,
    ...(suggestion !== undefined && { suggestion }),
  });
  const leadsOut = problem(`${file} leads out of the folder of cloud-init files`, "put the file there");
  if (file.includes("\0") || file.split(/[\\/]/).includes("..")) return leadsOut;
  const root = realpathSync(folder);
  const isInside = (real: string) => real.startsWith(root.endsWith(sep) ? root : root + sep);
  try {
    const real = realpathSync(resolve(root, file));
    if (!isInside(real)) return leadsOut;
    // What was opened is looked at again: a folder on the way may have become a link since.
    const isThere = (descriptor: number) =>
      process.platform !== "linux" || isInside(readlinkSync(`/proc/self/fd/${descriptor}`));
    const bytes = readBounded(real, {
      mostBytes,
      flags: constants.O_NOFOLLOW ?? 0,
      trusts: (_, descriptor) => isThere(descriptor),
    });
    if (bytes === undefined) return problem(`${file} is not a file`);
    if (bytes.length > mostBytes)
      return problem(
        `${file} has more than the ${mostBytes} bytes that fit`,
        "let cloud-init fetch the rest: #include and a URL",
      );
    const text = bytes.toString("utf8");
    return Buffer.from(text).equals(bytes) ? text : problem(`${file} is not UTF-8 text`);
  } catch (error) {
    const why = THEIRS[(error as NodeJS.ErrnoException).code ?? ""];
    if (why === undefined) throw error;
    return problem(`read ${file}: ${why}`);
  }
}
