import { isUp } from "./scaleway/instance/guest.ts";
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
  /** The guest of this server writes into its own user data, by the metadata service. */
  writeUserData(id: string, key: string, text: string): void;
  /** Whether the system of the running server with this public address is up. */
  isUp(address: string): boolean;
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
    servers(world).put({ ...row, ...next(row), modifiedAt: world.now() }, world.now());
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
    // What was planned for it is off.
    stopServer: (id) =>
      change(id, ({ epoch }) => ({
        state: "stopped",
        stateDetail: "",
        hypervisor: null,
        dynamicIp: null,
        epoch: epoch + 1,
      })),
    startServer: (id) =>
      change(id, ({ epoch }) => ({
        state: "running",
        stateDetail: "booted",
        hypervisor: "1",
        epoch: epoch + 1,
      })),
    retagServer: (id, tags) => change(id, () => ({ tags })),
    writeUserData: (id, key, text) =>
      change(id, ({ userData }) => ({ userData: { ...userData, [key]: text } })),
    isUp(address) {
      settle();
      return isUp(world, address);
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
