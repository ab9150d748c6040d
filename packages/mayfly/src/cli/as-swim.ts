import { globalOptions } from "./global-options.ts";

const SWIMS = /^--?(redis|interactive|verbose|dry-run|cloud-init-dir|key-prefix|most-provisioning)(=|$)/;

/** A command line as SWIM's is, without a command: it begins with an option that is SWIM's own, with one dash or two. */
export function asSwim(argv: readonly string[]): readonly string[] {
  const first = argv.findIndex((word, index) => !isGlobal(argv, index));
  const named = argv[first] === "swim";
  if (!named && !SWIMS.test(argv[first] ?? "")) return argv;
  const words = argv.map((word, index) =>
    index >= first && SWIMS.test(word) ? word.replace(/^--?/, "--") : word,
  );
  return named ? words : ["swim", ...words];
}

/** A global option, or the value of one. */
function isGlobal(argv: readonly string[], index: number): boolean {
  const optionOf = (word = "") =>
    word.startsWith("--") ? globalOptions[word.slice(2).split("=")[0]!] : undefined;
  if (optionOf(argv[index]) !== undefined) return true;
  const before = argv[index - 1] ?? "";
  return !before.includes("=") && optionOf(before)?.value !== undefined;
}
