import { resourceKinds } from "../api/resource-kind.ts";
import { changeVolume } from "./change-volume.ts";
import { createInstance } from "./create-instance.ts";
import { createResource } from "./create-resource.ts";
import { deleteInstance } from "./delete-instance.ts";
import { deleteResource } from "./delete-resource.ts";
import { extendInstance } from "./extend-instance.ts";
import { getDoctor } from "./get-doctor.ts";
import { getHealth } from "./get-health.ts";
import { getReady } from "./get-ready.ts";
import { getInstance } from "./get-instance.ts";
import { getResource } from "./get-resource.ts";
import { listEvents } from "./list-events.ts";
import { listImages } from "./list-images.ts";
import { listInstances } from "./list-instances.ts";
import { listResources } from "./list-resources.ts";
import { listTypes } from "./list-types.ts";
import { listZones } from "./list-zones.ts";
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
  listZones,
  ...resourceKinds.flatMap((kind) => [
    listResources(kind),
    createResource(kind),
    getResource(kind),
    deleteResource(kind),
  ]),
  changeVolume("resize"),
  changeVolume("attach"),
  changeVolume("detach"),
  getDoctor,
  getHealth,
  getReady,
];
