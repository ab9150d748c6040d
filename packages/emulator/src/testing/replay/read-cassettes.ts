import { CannotReplay } from "./cannot-replay.ts";
import type { Cassette, Interaction } from "./cassette.ts";
import { interactionOf } from "./interaction-of.ts";
import { readText } from "./read-text.ts";
import { wholeTexts } from "./whole-texts.ts";

/** Reads a file of vectors: lines of JSON, gzipped or not; each is a cassette's heading, an interaction or a shared body. */
export function readCassettes(file: string): Cassette[] {
  const cassettes: (Cassette & { interactions: Interaction[] })[] = [];
  const bodies = new Map<unknown, unknown>();
  for (const [index, text] of readText(file).split(/\r?\n/).entries()) {
    if (text === "") continue;
    const where = `${file}:${index + 1}`;
    const line = parse(wholeTexts(text), where);
    if ("blob" in line) bodies.set(line["blob"], line["body"]);
    else if ("seq" in line) {
      const cassette = cassettes.at(-1);
      if (!cassette) throw new CannotReplay(`${where}: an interaction before the first cassette`);
      cassette.interactions.push(interactionOf(line, bodies, where));
    } else {
      const { cassette: name, date } = line;
      if (typeof name !== "string") throw new CannotReplay(`${where}: neither a cassette nor an interaction`);
      cassettes.push({ name, home: homeOf(name), recordedAt: Date.parse(String(date)), interactions: [] });
    }
  }
  return cassettes;
}

function parse(text: string, where: string): Record<string, unknown> {
  let line: unknown;
  try {
    line = JSON.parse(text);
  } catch (error) {
    throw new CannotReplay(`${where}: not JSON`, { cause: error });
  }
  if (typeof line !== "object" || line === null || Array.isArray(line))
    throw new CannotReplay(`${where}: not an object`);
  return line as Record<string, unknown>;
}

/** `tf/instance/server-minimal` is filed under instance. */
function homeOf(name: string): string {
  return name.split("/")[1] ?? name;
}
