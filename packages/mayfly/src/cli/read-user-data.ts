import { limits } from "../api/limits.ts";
import type { ProblemItem } from "../api/problem.ts";
import { readBounded } from "../client/read-bounded.ts";

/** The text of a file, or of standard input for `-`; or what is wrong with it. Reads no more than may be sent. */
export function readUserData(file: string): string | ProblemItem {
  const problem = (message: string, suggestion?: string): ProblemItem => ({
    path: "--user-data",
    message,
    ...(suggestion !== undefined && { suggestion }),
  });
  try {
    const bytes = readBounded(file === "-" ? 0 : file, { mostBytes: limits.userDataBytes });
    if (bytes === undefined)
      return problem(`${file} is not a file`, "name a cloud-init file, or - for standard input");
    if (bytes.length > limits.userDataBytes)
      return problem(
        `${file} has more than the ${limits.userDataBytes} bytes that fit`,
        "let cloud-init fetch the rest: #include and a URL",
      );
    const text = bytes.toString("utf8");
    if (Buffer.from(text).equals(bytes)) return text;
    return problem(`${file} is not UTF-8 text`, "cloud-init is a text file");
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return problem(`read ${file}: ${code === "ENOENT" ? "there is no such file" : message}`);
  }
}
