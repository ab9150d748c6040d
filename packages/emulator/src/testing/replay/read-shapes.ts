import { CannotReplay } from "./cannot-replay.ts";
import type { Interaction } from "./cassette.ts";
import { readText } from "./read-text.ts";

/** Says of a path in an operation's answer whether real answers leave it out at times. */
export type MayLack = (interaction: Interaction, path: string) => boolean;

interface Shapes {
  ops: Record<
    string,
    { status?: Record<string, { paths?: Record<string, { p?: number }> } | undefined> } | undefined
  >;
}

/** Reads the shapes inferred from all recordings. */
export function readShapes(file: string): MayLack {
  const { ops } = parse(file);
  return ({ service, operation, method, template, answer }, path) => {
    const share =
      ops[`${service} ${operation} ${method} ${template}`]?.status?.[answer.status]?.paths?.[path]?.p;
    return share !== undefined && share < 1;
  };
}

function parse(file: string): Shapes {
  const text = readText(file);
  let shapes: Partial<Shapes> | null;
  try {
    shapes = JSON.parse(text) as Partial<Shapes> | null;
  } catch (error) {
    throw new CannotReplay(`read ${file}: not JSON`, { cause: error });
  }
  if (typeof shapes?.ops !== "object") throw new CannotReplay(`read ${file}: no shapes: it has no "ops"`);
  return shapes as Shapes;
}
