import type { BillReport } from "./bill.ts";
import type { CallCount } from "./calls.ts";
import type { Console } from "./console.ts";
import type { Faults } from "./faults.ts";
import type { Incoming } from "./http/dispatch.ts";
import { json, noContent } from "./http/route.ts";
import type { Answer } from "./http/route.ts";
import type { Leftovers, Past } from "./inventory.ts";
import { readFault } from "./read-fault.ts";

interface Controlled {
  calls(): CallCount;
  resetCalls(): void;
  leftovers(): Leftovers;
  history(): readonly Past[];
  faults: Faults;
  console: Pick<Console, "writeUserData">;
  bill(): BillReport;
  advance(seconds: number): void;
  reset(): void;
}

/** The endpoints under /_emulator; undefined: not one of them. */
export function control(emulator: Controlled, incoming: Incoming): Answer | undefined {
  const path = incoming.path.split("?")[0] ?? "";
  if (!path.startsWith("/_emulator/")) return undefined;
  switch (`${incoming.method} ${path.slice("/_emulator".length)}`) {
    case "POST /reset":
      emulator.reset();
      return noContent();
    case "GET /calls":
      return json(200, emulator.calls());
    case "POST /calls/reset":
      emulator.resetCalls();
      return noContent();
    case "GET /leftovers":
      return json(200, emulator.leftovers());
    case "GET /history":
      return json(200, emulator.history());
    case "GET /bill":
      return json(200, emulator.bill());
    case "POST /advance":
      return advance(emulator, incoming.text);
    case "POST /guest":
      return guestWrites(emulator, incoming.text);
    case "POST /faults":
      return addFault(emulator.faults, incoming.text);
    case "DELETE /faults":
      emulator.faults.clear();
      return noContent();
    default:
      return json(404, { message: `no such control: ${incoming.method} ${path}`, controls: CONTROLS });
  }
}

const CONTROLS = [
  "POST /_emulator/reset",
  "POST /_emulator/advance",
  "GET /_emulator/calls",
  "POST /_emulator/calls/reset",
  "GET /_emulator/leftovers",
  "GET /_emulator/history",
  "GET /_emulator/bill",
  "POST /_emulator/guest",
  "POST /_emulator/faults",
  "DELETE /_emulator/faults",
];
const MOST_SECONDS = 10 * 365 * 86_400;

/** `{"seconds":n}` */
function advance(emulator: Controlled, text: string): Answer {
  const { seconds } = parse(text);
  if (typeof seconds !== "number" || !(seconds >= 0 && seconds <= MOST_SECONDS))
    return json(400, { message: `seconds is a number from 0 to ${MOST_SECONDS}` });
  emulator.advance(seconds);
  return noContent();
}

/** `{"server":id,"key":"mayfly-report","text":"…"}` */
function guestWrites(emulator: Controlled, order: string): Answer {
  const { server, key, text } = parse(order);
  if (typeof server !== "string" || typeof key !== "string" || typeof text !== "string")
    return json(400, { message: "server, key and text are strings" });
  if (
    !emulator.history().some(({ kind, id, deletedAt }) => kind === "machine" && id === server && !deletedAt)
  )
    return json(404, { message: `no server ${server}` });
  const { writeUserData } = emulator.console;
  writeUserData(server, key, text);
  return noContent();
}

function parse(text: string): Record<string, unknown> {
  try {
    return Object(JSON.parse(text)) as Record<string, unknown>;
  } catch {
    return {};
  }
}

function addFault(faults: Faults, text: string): Answer {
  const order = readFault(text);
  if ("problems" in order) return json(400, { message: order.problems.join("; "), problems: order.problems });
  if (order.listLagMs !== undefined) faults.listLagMs = order.listLagMs;
  if (order.fault) faults.add(order.fault);
  return noContent();
}
