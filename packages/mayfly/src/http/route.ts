import type { ApiOptions } from "./api-options.ts";

/** One request that found its route. */
export interface Call {
  request: Request;
  /** What stands for `:name` in the path, decoded. */
  param(name: string): string;
}

export interface Route {
  method: "GET" | "POST" | "DELETE";
  /** With `:name` for what varies. */
  path: string;
  handle(call: Call): Promise<Response>;
}

/** One file a route: its name, what it asks of the commands, and how it answers. */
export type RouteFactory = (options: ApiOptions) => Route;
