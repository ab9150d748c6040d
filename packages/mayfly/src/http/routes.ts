import { createInstance } from "./create-instance.ts";
import { deleteInstance } from "./delete-instance.ts";
import { extendInstance } from "./extend-instance.ts";
import { getDoctor } from "./get-doctor.ts";
import { getHealth } from "./get-health.ts";
import { getInstance } from "./get-instance.ts";
import { listEvents } from "./list-events.ts";
import { listImages } from "./list-images.ts";
import { listInstances } from "./list-instances.ts";
import { listTypes } from "./list-types.ts";
import type { RouteFactory } from "./route.ts";
import { startInstance } from "./start-instance.ts";
import { stopInstance } from "./stop-instance.ts";

/** The whole API. */
export const routes: readonly RouteFactory[] = [
  createInstance,
  listInstances,
  getInstance,
  deleteInstance,
  extendInstance,
  startInstance,
  stopInstance,
  listEvents,
  listTypes,
  listImages,
  getDoctor,
  getHealth,
];
