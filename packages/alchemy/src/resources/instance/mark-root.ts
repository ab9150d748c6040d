import type { Cloud } from "../../cloud.ts";
import type { RootVolume } from "./whole.ts";

/** Tags of a volume say nothing else: the cloud gave it none. */
export async function markRoot(cloud: Cloud, zone: string, root: RootVolume, mark: string): Promise<void> {
  const tags = [...root.tags, mark];
  if (root.isBlock) await cloud.block.updateVolume({ volumeId: root.id, zone, tags });
  else await cloud.instance.updateVolume({ volumeId: root.id, zone, tags });
}
