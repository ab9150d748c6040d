import type { Route } from "./route.ts";

export interface Match {
  route: Route;
  params: Record<string, string>;
}

export type Router = (method: string, path: string) => Match | undefined;

/** Fixed segments win over `{named}` ones. */
export function createRouter(routes: readonly Route[]): Router {
  const byShape = new Map<string, { route: Route; segments: string[] }[]>();
  for (const route of routes) {
    const segments = split(route.path);
    const shape = `${route.method} ${segments.length}`;
    const peers = byShape.get(shape) ?? [];
    peers.push({ route, segments });
    peers.sort((a, b) => names(a.segments) - names(b.segments));
    byShape.set(shape, peers);
  }
  return (method, path) => {
    const actual = split(path);
    for (const { route, segments } of byShape.get(`${method} ${actual.length}`) ?? []) {
      const params = match(segments, actual);
      if (params) return { route, params };
    }
    return undefined;
  };
}

function match(pattern: string[], actual: string[]): Record<string, string> | undefined {
  const params: Record<string, string> = {};
  for (const [i, segment] of pattern.entries()) {
    const value = actual[i] ?? "";
    if (segment.startsWith("{")) params[segment.slice(1, -1)] = decode(value);
    else if (segment !== value) return undefined;
  }
  return params;
}

function split(path: string): string[] {
  return path.split("/").filter((segment) => segment !== "");
}

function names(segments: string[]): number {
  return segments.filter((segment) => segment.startsWith("{")).length;
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
