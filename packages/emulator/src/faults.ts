/** What goes wrong. `latency` waits in real time, unless the emulator was given another sleep. */
export type Effect =
  | { kind: "status"; status: number; body?: unknown }
  /** The gateway's empty 429. */
  | { kind: "rateLimited" }
  /** The connection breaks before anything is done. */
  | { kind: "cutBefore" }
  /** All is done, but the answer never arrives. */
  | { kind: "cutAfter" }
  | { kind: "latency"; ms: number }
  /** A list says how many there are, but leaves out this page's items. */
  | { kind: "missPage" };

export interface Fault {
  match: {
    operation?: string;
    method?: string;
    /** A string is looked for anywhere in the path and query. */
    path?: RegExp | string;
    /** Let this many matching calls pass first. @default 0 */
    afterCalls?: number;
  };
  /** How often it strikes. @default no limit */
  times?: number;
  effect: Effect;
}

export interface Faults {
  add(fault: Fault): void;
  clear(): void;
  /** Lists show the state of this many milliseconds ago. @default 0 */
  listLagMs: number;
}

export interface Request {
  operation: string;
  method: string;
  path: string;
}

interface Armed extends Fault {
  passed: number;
  struck: number;
}

/** @returns the knobs, and what of them strikes a request: every matching fault, in the order of adding */
export function createFaults(): { faults: Faults; strike(request: Request): Effect[] } {
  let armed: Armed[] = [];
  const faults: Faults = {
    listLagMs: 0,
    add(fault) {
      armed.push({ ...fault, passed: 0, struck: 0 });
    },
    clear() {
      armed = [];
      faults.listLagMs = 0;
    },
  };
  return {
    faults,
    strike: (request) => armed.filter((fault) => strikes(fault, request)).map((fault) => fault.effect),
  };
}

function strikes(fault: Armed, request: Request): boolean {
  if (!matches(fault.match, request) || fault.struck >= (fault.times ?? Infinity)) return false;
  if (fault.passed < (fault.match.afterCalls ?? 0)) {
    fault.passed++;
    return false;
  }
  fault.struck++;
  return true;
}

function matches(match: Fault["match"], request: Request): boolean {
  const { operation, method, path } = match;
  if (operation !== undefined && operation !== request.operation) return false;
  if (method !== undefined && method.toUpperCase() !== request.method) return false;
  if (path === undefined) return true;
  return typeof path === "string"
    ? request.path.includes(path)
    : new RegExp(path.source, path.flags.replace(/[gy]/g, "")).test(request.path);
}
