import { servers } from "./scaleway/instance/rows.ts";
import type { ServerRow } from "./scaleway/instance/rows.ts";
import { removeServer } from "./scaleway/instance/server-states.ts";
import type { World } from "./world.ts";

/** Somebody else at the cloud's console: acts at once, whatever the server's state. */
export interface Console {
  /** Removes the server; local volumes go with it, block volumes and addresses stay. */
  deleteServer(id: string): void;
  stopServer(id: string): void;
  startServer(id: string): void;
  /** Replaces all tags. */
  retagServer(id: string, tags: string[]): void;
  /** Makes a running server of somebody else's. @returns its id */
  createServer(options?: ForeignServer): Promise<string>;
}

export interface ForeignServer {
  /** @default "foreign" */
  name?: string;
  /** @default "fr-par-1" */
  zone?: string;
  /** @default none */
  tags?: string[];
  /** @default "DEV1-S" */
  commercialType?: string;
}

type Post = (path: string, body: unknown) => Promise<unknown>;

/** @param post sends an authorized request that is neither counted nor hit by faults */
export function createConsole(world: World, settle: () => void, changed: () => void, post: Post): Console {
  function change(id: string, next: (row: ServerRow) => Partial<ServerRow>): void {
    settle();
    const row = servers(world).get(id);
    if (!row) throw new Error(`no server ${id}`);
    servers(world).put({ ...row, ...next(row), epoch: row.epoch + 1, modifiedAt: world.now() }, world.now());
    changed();
  }
  return {
    deleteServer(id) {
      settle();
      const row = servers(world).get(id);
      if (!row) throw new Error(`no server ${id}`);
      removeServer(world, row, world.now(), "terminate");
      changed();
    },
    stopServer: (id) =>
      change(id, () => ({ state: "stopped", stateDetail: "", hypervisor: null, dynamicIp: null })),
    startServer: (id) => change(id, () => ({ state: "running", stateDetail: "booted", hypervisor: "1" })),
    retagServer(id, tags) {
      settle();
      const row = servers(world).get(id);
      if (!row) throw new Error(`no server ${id}`);
      servers(world).put({ ...row, tags, modifiedAt: world.now() }, world.now());
      changed();
    },
    async createServer({ name = "foreign", zone = "fr-par-1", tags = [], commercialType = "DEV1-S" } = {}) {
      const path = `/instance/v1/zones/${zone}/servers`;
      const body = {
        name,
        tags,
        commercial_type: commercialType,
        image: "ubuntu_jammy",
        dynamic_ip_required: false,
      };
      const answer = (await post(path, body)) as { server: { id: string } };
      this.startServer(answer.server.id);
      return answer.server.id;
    },
  };
}
