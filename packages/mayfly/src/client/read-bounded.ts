import type { Stats } from "node:fs";

export interface ReadBoundedOptions {
  /** One byte more is read, so that the caller sees that there is more. */
  mostBytes: number;
  /** Whether to read a file of this owner and mode. @default every one */
  trusts?: (file: Stats, descriptor: number) => boolean;
  /** How it is opened, besides for reading. @default 0 */
  flags?: number;
}

/**
 * The bytes of a file, or of standard input for 0; undefined when it is no plain file or not trusted. What is no file,
 * a pipe without a writer for example, is not waited for.
 */
export function readBounded(source: string | 0, options: ReadBoundedOptions): Buffer | undefined {
  const { closeSync, constants, fstatSync, openSync, readSync } = process.getBuiltinModule("node:fs");
  const { mostBytes, trusts = () => true, flags = 0 } = options;
  // Windows has no O_NONBLOCK, and needs none.
  const descriptor =
    source === 0 ? 0 : openSync(source, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | flags);
  try {
    const found = fstatSync(descriptor);
    if (source !== 0 && !(found.isFile() && trusts(found, descriptor))) return undefined;
    const buffer = Buffer.alloc(mostBytes + 1);
    let length = 0;
    for (let read = -1; read !== 0 && length < buffer.length; length += read)
      read = readSync(descriptor, buffer, length, buffer.length - length, null);
    return buffer.subarray(0, length);
  } finally {
    if (descriptor !== 0) closeSync(descriptor);
  }
}
