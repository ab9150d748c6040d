import type { Instancev1 } from "@scaleway/sdk-instance";

/** A new server, stopped. */
export async function aServer(
  instance: Instancev1.API,
  given: Partial<Instancev1.CreateServerRequest> = {},
): Promise<Instancev1.Server> {
  const { server } = await instance.createServer({
    name: "lab",
    commercialType: "DEV1-S",
    image: "ubuntu_jammy",
    dynamicIpRequired: false,
    protected: false,
    ...given,
  });
  return server!;
}

/** A server as it is now. */
export async function readServer(instance: Instancev1.API, serverId: string): Promise<Instancev1.Server> {
  return (await instance.getServer({ serverId })).server!;
}
