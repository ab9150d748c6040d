import type { ProblemItem } from "../api/problem.ts";
import { readBounded } from "../client/read-bounded.ts";

export interface ReadTextFileOptions {
  /** The option that named it: `--user-data`. */
  option: string;
  mostBytes: number;
  /** What the file should be, for messages. */
  what: string;
  /** What to do when it is too large. */
  tooLarge?: string;
}

/** The text of a file, or of standard input for `-`; or what is wrong with it. Reads no more than may be sent. */
export function readTextFile(file: string, options: ReadTextFileOptions): string | ProblemItem {
  const { option, mostBytes, what, tooLarge } = options;
  const problem = (message: string, suggestion?: string): ProblemItem => ({
    path: option,
    message,
    ...(suggestion !== undefined && { suggestion }),
  });
  try {
    const bytes = readBounded(file === "-" ? 0 : file, { mostBytes });
    if (bytes === undefined) return problem(`${file} is not a file`, `name ${what}, or - for standard input`);
    if (bytes.length > mostBytes)
      return problem(`${file} has more than the ${mostBytes} bytes that fit`, tooLarge);
    const text = bytes.toString("utf8");
    if (Buffer.from(text).equals(bytes)) return text;
    return problem(`${file} is not UTF-8 text`, `name ${what}`);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return problem(`read ${file}: ${code === "ENOENT" ? "there is no such file" : message}`);
  }
}
