import type { CloudProcess } from "./cloud-process.ts";

export const SERVERS = "/instance/v1/zones/fr-par-1/servers";

export interface Server {
  id: string;
  state: string;
  tags: string[];
  volumes: Record<string, { id: string }>;
  public_ips: { id: string; dynamic: boolean }[];
}

/** A running machine with another installation's mark. */
export async function serverOfSomebodyElse(cloud: CloudProcess): Promise<Server> {
  const { server } = await cloud.call<{ server: Server }>("POST", SERVERS, {
    name: "somebody-elses",
    commercial_type: "DEV1-S",
    image: "ubuntu_noble",
    tags: ["mayfly:owner=somebody-else", "mayfly:instance=mf-000000000000"],
  });
  await cloud.call("POST", `${SERVERS}/${server.id}/action`, { action: "poweron" });
  return server;
}

export const instanceIn = (tags: string[]) =>
  tags.find((tag) => tag.startsWith("mayfly:instance="))?.slice("mayfly:instance=".length);
