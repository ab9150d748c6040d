import type { Log } from "../controllers/ports.ts";

export const silentLog: Log = { debug() {}, info() {}, warn() {}, error() {} };
