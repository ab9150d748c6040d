import { limits } from "../api/limits.ts";
import type { ProblemItem } from "../api/problem.ts";
import { readTextFile } from "./read-text-file.ts";

/** cloud-init from a file, or from standard input for `-`; or what is wrong with it. */
export function readUserData(file: string): string | ProblemItem {
  return readTextFile(file, {
    option: "--user-data",
    mostBytes: limits.userDataBytes,
    what: "a cloud-init file",
    tooLarge: "let cloud-init fetch the rest: #include and a URL",
  });
}
