// The command line, with troubles that its parent can make: the first argument has those that it begins with.
import "./dies-with-its-parent.ts";
import { createTroubles } from "./troubles.ts";
import type { Troubles } from "./troubles.ts";

const troubles = createTroubles();
troubles.set(JSON.parse(process.argv.splice(2, 1)[0] ?? "{}") as Troubles);
process.on("message", ({ id, set }: { id: number; set?: Troubles }) => {
  if (set) troubles.set(set);
  process.send?.({ id, answer: set ? null : troubles.figures() });
});
// Nobody's word is waited for.
process.channel?.unref();
await import("../cli/main.ts");
