import type { World } from "../../../world.ts";
import { byServer, privateNics } from "../rows.ts";
import type { ServerRow } from "../rows.ts";

/** What a caller wants to be gone with the server. */
export interface DeleteOptions {
  allIps: boolean;
  ipIds: readonly string[];
  allVolumes: boolean;
  volumeIds: readonly string[];
  keepNics: boolean;
  /** Which network cards are to go. @default all */
  nicIds: readonly string[] | undefined;
}

/** The server with what it will take along and leave behind; block volumes survive, as the cloud says in its documentation. */
export function withDeleteOptions(world: World, row: ServerRow, options: DeleteOptions): ServerRow {
  const ips = row.ipIds.filter((id) => options.allIps || options.ipIds.includes(id));
  const volumes = Object.values(row.volumes)
    .filter(({ kind, id }) => kind !== "sbs_volume" && (options.allVolumes || options.volumeIds.includes(id)))
    .map(({ id }) => id);
  const nics = privateNics(world)
    .by(byServer, row.id)
    .filter(({ id }) => options.keepNics || (options.nicIds && !options.nicIds.includes(id)))
    .map(({ id }) => id);
  return { ...row, takesAlong: [...ips, ...volumes], leavesBehind: nics };
}
