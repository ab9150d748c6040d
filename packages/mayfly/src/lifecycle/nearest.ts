/** The candidates that `name` was most likely meant to be, best first; only such as are near. */
export function nearest(name: string, candidates: Iterable<string>, limit = 3): string[] {
  const wanted = name.toLowerCase();
  // Nobody mistypes a name of that length, and the time goes with its square.
  if (wanted.length > LONGEST) return [];
  const farthest = Math.max(2, Math.ceil(wanted.length / 2));
  const near = [...new Set(candidates)]
    .filter((candidate) => candidate.length <= LONGEST)
    .map((candidate) => ({ candidate, distance: editDistance(wanted, candidate.toLowerCase()) }))
    .filter(({ candidate, distance }) => distance <= farthest && distance < candidate.length)
    .sort((a, b) => a.distance - b.distance || a.candidate.localeCompare(b.candidate))
    .slice(0, limit);
  // Beside a good match a poor one is noise.
  return near.filter(({ distance }) => distance <= near[0]!.distance + 2).map(({ candidate }) => candidate);
}

const LONGEST = 128;

/** `did you mean a, b?`, by likeness, else by what contains the name; nothing when nothing is near. */
export function didYouMean(name: string, candidates: Iterable<string>): string | undefined {
  const all = [...candidates];
  const alike = nearest(name, all);
  const names = alike.length > 0 ? alike : containing(name, all);
  return names.length === 0 ? undefined : `did you mean ${names.join(", ")}?`;
}

/** `ubuntu` names no image, and three of them. */
function containing(name: string, candidates: string[]): string[] {
  const wanted = name.toLowerCase();
  return wanted.length < 3
    ? []
    : candidates.filter((candidate) => candidate.toLowerCase().includes(wanted)).slice(0, 3);
}

/** Insertions, deletions, replacements and swaps of neighbours. */
function editDistance(a: string, b: string): number {
  let before: number[] = [];
  let above = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let least = Math.min(above[j]! + 1, row[j - 1]! + 1, above[j - 1]! + cost);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        least = Math.min(least, before[j - 2]! + 1);
      row.push(least);
    }
    before = above;
    above = row;
  }
  return above[b.length]!;
}
