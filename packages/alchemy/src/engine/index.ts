export type { Reference } from "../reference.ts";
export type { Secret } from "../secret.ts";
export * from "./resources.ts";
