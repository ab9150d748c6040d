import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { limits } from "../api/limits.ts";
import type { ProblemItem } from "../api/problem.ts";

/** The text of a file, or of standard input for `-`; or what is wrong with it. Reads no more than may be sent. */
export function readUserData(file: string): string | ProblemItem {
  const problem = (message: string, suggestion?: string): ProblemItem => ({
    path: "--user-data",
    message,
    ...(suggestion !== undefined && { suggestion }),
  });
  try {
    const bytes = readBounded(file);
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

function readBounded(file: string): Buffer | undefined {
  // 0 is standard input.
  const descriptor = file === "-" ? 0 : openSync(file, "r");
  try {
    if (descriptor !== 0 && !fstatSync(descriptor).isFile()) return undefined;
    const buffer = Buffer.alloc(limits.userDataBytes + 1);
    let length = 0;
    for (let read = -1; read !== 0 && length < buffer.length; length += read)
      read = readSync(descriptor, buffer, length, buffer.length - length, null);
    return buffer.subarray(0, length);
  } finally {
    if (descriptor !== 0) closeSync(descriptor);
  }
}
