export type { Commands } from "./api/commands.ts";
export type { InstanceView } from "./api/instance-view.ts";
export { createClient } from "./client/client.ts";
export type { Client } from "./client/client.ts";
export { startService } from "./service.ts";
export type { RunningService, ServiceOptions } from "./service.ts";
