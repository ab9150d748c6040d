import { flag, record, text } from "../../../http/body.ts";
import { notFound } from "../../../http/refusal.ts";
import type { Call } from "../../../http/route.ts";
import { uuid } from "../../../http/uuids.ts";
import type { Catalog } from "../../catalog.ts";
import { servers } from "../rows.ts";
import type { ServerRow } from "../rows.ts";
import { updateServer as updateV1 } from "../update-server.ts";
import { bootingFrom } from "./booting-from.ts";
import { checkServerType } from "./server-order.ts";

/** PATCH /servers/{id} of v2alpha1: what is absent stays. */
export function updateServer(call: Call, catalog: Catalog, row: ServerRow): ServerRow {
  const body = call.body();
  const type = text(body, "server_type");
  const groupId = uuid(record(body, "public_network_interface") ?? {}, "security_group_id");
  const placementGroupId = text(body, "placement_group_id");
  const bootVolumeId = uuid(body, "boot_volume_id");
  const isRescue = flag(body, "rescue_mode", row.bootType === "rescue");
  if (bootVolumeId && !Object.values(row.volumes).some(({ id }) => id === bootVolumeId))
    throw notFound("instance_volume", bootVolumeId);
  const v1 = {
    name: body.name,
    tags: body.tags,
    protected: body.protected,
    commercial_type: type && checkServerType(catalog, row.zone, type),
    admin_password_encryption_ssh_key_id:
      uuid(body, "windows_rdp_ssh_key_id") ?? text(body, "windows_rdp_ssh_key_id"),
    ...(placementGroupId === undefined ? {} : { placement_group: uuid(body, "placement_group_id") ?? null }),
    ...(groupId ? { security_group: { id: groupId } } : {}),
  };
  const updated = updateV1({ ...call, body: () => v1 }, catalog, row);
  const volumes = bootVolumeId ? bootingFrom(updated, bootVolumeId) : updated.volumes;
  const bootType = isRescue ? "rescue" : updated.bootType === "rescue" ? "local" : updated.bootType;
  return servers(call.world).put({ ...updated, volumes, bootType }, call.now);
}
