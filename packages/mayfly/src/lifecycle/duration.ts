const UNIT_MS = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
const PART = /^(\d+(?:\.\d+)?)([smhd])/;

/** Milliseconds of `90s`, `30m`, `2h`, `1d` or a sum such as `1h30m`; undefined for anything else. Whole milliseconds, more than 0. */
export function parseDuration(text: string): number | undefined {
  let rest = text.trim().toLowerCase();
  if (rest === "") return undefined;
  let total = 0;
  while (rest !== "") {
    const part = PART.exec(rest);
    if (!part) return undefined;
    total += Number(part[1]) * UNIT_MS[part[2] as keyof typeof UNIT_MS];
    rest = rest.slice(part[0].length);
  }
  const ms = Math.round(total);
  return ms > 0 && Number.isSafeInteger(ms) ? ms : undefined;
}

/** The two largest units: `1d 2h`, `29m 5s`, `0s`. */
export function formatDuration(ms: number): string {
  let left = Math.max(0, Math.floor(ms / 1000));
  const parts: string[] = [];
  for (const [unit, seconds] of [
    ["d", 86_400],
    ["h", 3_600],
    ["m", 60],
    ["s", 1],
  ] as const) {
    const count = Math.floor(left / seconds);
    left -= count * seconds;
    if (count > 0) parts.push(`${count}${unit}`);
  }
  return parts.slice(0, 2).join(" ") || "0s";
}
