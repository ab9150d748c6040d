import type { ProblemItem } from "../api/problem.ts";
import { nearest } from "../lifecycle/nearest.ts";
import type { Ready } from "../lifecycle/instance.ts";

const ALL: readonly Ready[] = ["cloud", "ssh", "cloud-init"];

/** What makes an instance `running`, or what is wrong with it; undefined when it was not given. */
export function readReady(text: string | undefined): Ready | undefined | ProblemItem {
  const known = ALL.find((one) => one === text);
  if (text === undefined || known) return known;
  const [meant] = nearest(text, ALL);
  return {
    path: "--ready",
    message: `"${text}" is not one of ${ALL.join(", ")}`,
    ...(meant && { suggestion: `did you mean ${meant}?` }),
  };
}
