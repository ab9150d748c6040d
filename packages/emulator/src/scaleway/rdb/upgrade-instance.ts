import { flag, integer, record, text } from "../../http/body.ts";
import type { Body } from "../../http/body.ts";
import { invalidArgument } from "../../http/refusal.ts";
import { json } from "../../http/route.ts";
import type { Answer, Call } from "../../http/route.ts";
import { requiredUuid } from "../../http/uuids.ts";
import { blockSize, newInstance, nodeTypeOf, volumeType } from "./create-instance.ts";
import { upgradesOf } from "./engines.ts";
import { readyInstance } from "./found-instance.ts";
import { changeInstance } from "./instance-states.ts";
import { viewInstance } from "./instance-view.ts";
import type { InstanceRow } from "./rows.ts";

/** POST /instances/{id}/upgrade: one thing at a time; another major version is another instance. */
export function upgradeInstance(call: Call): Answer {
  const row = readyInstance(call);
  const body = call.body();
  const workflow = record(body, "major_upgrade_workflow");
  if (workflow) return json(200, viewInstance(call.world, successor(call, row, workflow)));
  const next = { ...row, ...changeOf(row, body) };
  return json(
    200,
    viewInstance(call.world, changeInstance(call.world, next, { status: "initializing" }, call.now)),
  );
}

function changeOf(row: InstanceRow, body: Body): Partial<InstanceRow> {
  if (flag(body, "enable_ha", false)) return { isHa: true };
  const node = text(body, "node_type");
  if (node !== undefined) return { nodeType: nodeTypeOf(node).name };
  const size = integer(body, "volume_size");
  if (size !== undefined) return { volume: { ...row.volume, size: grown(row, size) } };
  const type = volumeType(body);
  if (type !== undefined) return { volume: { ...row.volume, type } };
  throw invalidArgument("upgrade_target", "required");
}

function grown({ volume }: InstanceRow, size: number): number {
  if (volume.type === "lssd")
    throw invalidArgument("volume_size", "constraint", "a local volume has the size of its node");
  if (size < volume.size) throw invalidArgument("volume_size", "constraint", "a volume cannot shrink");
  return blockSize(size);
}

/** The old one stays, without its endpoints if the new one is to have them. */
function successor(call: Call, row: InstanceRow, workflow: Body): InstanceRow {
  const wanted = requiredUuid(workflow, "upgradable_version_id");
  const upgrade = upgradesOf(row.engine).find(({ id }) => id === wanted);
  if (!upgrade)
    throw invalidArgument("upgradable_version_id", "constraint", "the instance cannot be upgraded to it");
  const takes = flag(workflow, "with_endpoints", false);
  const pending = takes ? { takesEndpointsOf: row.id } : { addsPublicEndpoint: true };
  return newInstance(call, { ...row, engine: upgrade.to.name, isHa: false, pending });
}
