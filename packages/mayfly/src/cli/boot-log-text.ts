/** A log's end below a line of ours: none of its lines can be taken for one. */
export const bootLogText = (lines: readonly string[]): string =>
  lines.map((line) => `  | ${line}`).join("\n");
