import { isIP } from "node:net";
import type { Instancev1 } from "@mayfly/scaleway";
import type { Machine, MachineState } from "../../lifecycle/observed.ts";
import { readMarks } from "./marks.ts";

/** A server in the words that all providers share. */
export function toMachine(server: Instancev1.Server): Machine {
  const marks = readMarks(server.tags);
  const addresses = [...server.publicIps.map(({ address }) => address), server.ipv6?.address];
  // People and programs connect to what they find here: it is an address and nothing else.
  const ips = new Set(addresses.filter((ip) => ip !== undefined).filter((ip) => isIP(ip) !== 0));
  return {
    id: server.id,
    zone: server.zone,
    name: server.name,
    owner: marks.owner ?? "",
    instanceId: marks.instanceId ?? "",
    expiresAt: marks.expiresAt,
    state: machineState(server.state),
    ips: [...ips].sort((a, b) => Number(a.includes(":")) - Number(b.includes(":"))),
    // The root volume and the addresses of our mark: whatever else hangs on it, somebody attached later.
    volumes: Object.entries(server.volumes)
      .filter(([key]) => key === "0")
      .map(([, { id, volumeType }]) => ({ id, kind: volumeType })),
    addresses: server.publicIps
      .filter(({ dynamic, tags }) => !dynamic && readMarks(tags).owner === marks.owner)
      .map(({ id }) => id),
    nics: server.privateNics.map(({ id }) => id),
    createdAt: server.creationDate?.getTime() ?? 0,
  };
}

export function machineState(state: Instancev1.ServerState): MachineState {
  switch (state) {
    case "stopped":
    case "starting":
    case "running":
    case "stopping":
      return state;
    case "stopped in place":
      return "halted";
    default:
      return "unknown";
  }
}
