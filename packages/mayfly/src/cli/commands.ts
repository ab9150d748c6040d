import type { Command } from "./command.ts";

/** Every command with how to load it: only what is asked for costs time. */
export const commands: Readonly<Record<string, () => Promise<Command>>> = {
  create: async () => (await import("./create.ts")).create,
  list: async () => (await import("./list.ts")).list,
  status: async () => (await import("./status.ts")).status,
  extend: async () => (await import("./extend.ts")).extend,
  stop: async () => (await import("./stop.ts")).stop,
  start: async () => (await import("./start.ts")).start,
  delete: async () => (await import("./delete.ts")).remove,
  wait: async () => (await import("./wait.ts")).wait,
  events: async () => (await import("./events.ts")).events,
  types: async () => (await import("./types.ts")).types,
  images: async () => (await import("./images.ts")).images,
  zones: async () => (await import("./zones.ts")).zones,
  network: async () => (await import("./network.ts")).network,
  firewall: async () => (await import("./firewall.ts")).firewall,
  volume: async () => (await import("./volume.ts")).volume,
  key: async () => (await import("./key.ts")).key,
  im: async () => (await import("./im.ts")).im,
  service: async () => (await import("./service.ts")).service,
  swim: async () => (await import("./swim.ts")).swim,
  migrate: async () => (await import("./service-migrate.ts")).migrate,
  doctor: async () => (await import("./doctor.ts")).doctor,
  emulator: async () => (await import("./emulator.ts")).emulator,
  help: async () => (await import("./help.ts")).help,
  version: async () => (await import("./version.ts")).version,
};

/** Not shown in help: `npm start` runs them. */
export const hiddenCommands: Readonly<Record<string, () => Promise<Command>>> = {
  demo: async () => (await import("./demo.ts")).demo,
};
