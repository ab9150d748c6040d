import { flag } from "../../../http/body.ts";
import { json } from "../../../http/route.ts";
import type { Call, Route } from "../../../http/route.ts";
import { requiredUuid } from "../../../http/uuids.ts";
import { attachVolume, detachVolume } from "../attach-volume.ts";
import { servers } from "../rows.ts";
import type { ServerRow } from "../rows.ts";
import { bootingFrom } from "./booting-from.ts";
import { SERVERS, serverOf } from "./server-routes.ts";
import { viewServer } from "./server-view.ts";

/** Putting volumes into servers and taking them out. */
export function serverVolumeRoutes(): Route[] {
  const route = (operation: string, path: string, change: (call: Call, id: string) => ServerRow): Route => ({
    operation,
    method: "POST",
    path: `${SERVERS}/{id}/${path}`,
    handle: (call) => json(200, viewServer(call.world, change(call, serverOf(call).id))),
  });
  return [
    route("attachServerVolume", "attach-volume", (call, id) => {
      const body = call.body();
      const volumeId = requiredUuid(body, "volume_id");
      const row = attachVolume(call, id, volumeId);
      return flag(body, "boot_volume", false) ? bootFrom(call, row, volumeId) : row;
    }),
    route("detachServerVolume", "detach-volume", (call, id) =>
      detachVolume(call, id, requiredUuid(call.body(), "volume_id")),
    ),
  ];
}

function bootFrom(call: Call, row: ServerRow, id: string): ServerRow {
  return servers(call.world).put({ ...row, volumes: bootingFrom(row, id) }, call.now);
}
