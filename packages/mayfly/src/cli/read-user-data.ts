import { readFileSync } from "node:fs";
import type { ProblemItem } from "../api/problem.ts";

/** The text of a file, or of standard input for `-`; or what is wrong with it. */
export function readUserData(file: string): string | ProblemItem {
  try {
    // 0 is standard input.
    const bytes = readFileSync(file === "-" ? 0 : file);
    const text = bytes.toString("utf8");
    if (Buffer.from(text).equals(bytes)) return text;
    return {
      path: "--user-data",
      message: `${file} is not UTF-8 text`,
      suggestion: "cloud-init is a text file",
    };
  } catch (error) {
    const why = (error as NodeJS.ErrnoException).code === "ENOENT" ? "there is no such file" : String(error);
    return { path: "--user-data", message: `read ${file}: ${why}` };
  }
}
