import type { Instancev1 } from "@scaleway/sdk-instance";
import { aServer } from "./a-server.ts";

/** A new server that boots from a local disk. */
export async function aLocalServer(instance: Instancev1.API): Promise<Instancev1.Server> {
  const { images } = await instance.listImages({ public: true, arch: "x86_64", name: "Ubuntu 22.04" });
  const image = images.find(({ rootVolume }) => rootVolume?.volumeType === "l_ssd");
  return aServer(instance, { image: image?.id, volumes: { 0: { volumeType: "l_ssd", size: 20e9 } } });
}
