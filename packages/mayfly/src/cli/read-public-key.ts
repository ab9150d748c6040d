import type { ProblemItem } from "../api/problem.ts";
import { publicKeyProblem } from "../api/public-key-problem.ts";
import { readTextFile } from "./read-text-file.ts";

const LONGEST_KEY_BYTES = 16_384;

/** A public key from a file; or what is wrong with it, without a word of what may be a secret. */
export function readPublicKey(file: string): string | ProblemItem {
  const path = "--ssh-key";
  const text = readTextFile(file, { option: path, mostBytes: LONGEST_KEY_BYTES, what: "a public key" });
  if (typeof text !== "string") return text;
  const problem = publicKeyProblem(text.trim());
  if (problem === undefined) return text.trim();
  return { path, message: `${file} ${problem}`, suggestion: "give the file that ends in .pub" };
}
