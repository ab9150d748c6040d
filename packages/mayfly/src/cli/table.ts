import type { Style } from "./context.ts";

/** A cell with a colour of its own. */
export interface Cell {
  text: string;
  style?: Style;
}

/** Columns as wide as they must be; the last one is never padded. */
export function table(
  head: readonly string[],
  rows: readonly (readonly (string | Cell)[])[],
  style: (style: Style, text: string) => string,
): string {
  const cells = rows.map((row) => row.map((cell) => (typeof cell === "string" ? { text: cell } : cell)));
  const widths = head.map((title, i) => Math.max(title.length, ...cells.map((row) => row[i]!.text.length)));
  const pad = (text: string, i: number) => (i === head.length - 1 ? text : text.padEnd(widths[i]!));
  const lines = cells.map((row) =>
    row.map((cell, i) => (cell.style ? style(cell.style, pad(cell.text, i)) : pad(cell.text, i))).join("  "),
  );
  return [style("bold", head.map(pad).join("  ")), ...lines].map((line) => line.trimEnd()).join("\n");
}
