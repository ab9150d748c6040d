import type { Cloud } from "../a-cloud.ts";
import type { Refusal, Refused } from "./refusal.ts";
import { bare, invalid, precondition } from "./refused.ts";

type Machine = Awaited<ReturnType<Cloud["aServer"]>>;

/** A server after an action and some seconds. */
function after(action: string, seconds: number): (cloud: Cloud) => Promise<Machine> {
  return async (cloud) => {
    const machine = await running(cloud);
    await cloud.act(machine, action);
    cloud.pass(seconds);
    return machine;
  };
}

export async function running(cloud: Cloud): Promise<Machine> {
  const machine = await cloud.aServer();
  await cloud.act(machine, "poweron");
  cloud.pass(20);
  return machine;
}

const stopped = (cloud: Cloud): Promise<Machine> => cloud.aServer();
const newer = (path: string): string => path.replace("/v1/", "/v2alpha1/");
const notStopped = bare("server should be stopped");
const notRunning = bare("server should be running");

const UP = [
  ["running", running],
  ["stopping", after("poweroff", 0)],
  ["being terminated", after("terminate", 0)],
  ["rebooting", after("reboot", 25)],
  ["stopped in place", after("stop_in_place", 60)],
] as const;

const ACTIONS: readonly (readonly [string, string, typeof running, Refused])[] = [
  ["poweron", "start", running, notStopped],
  ["poweroff", "stop", stopped, notRunning],
  ["reboot", "reboot", stopped, notRunning],
  ["stop_in_place", "pause", stopped, notRunning],
  ["terminate", "stop-and-delete", stopped, notRunning],
];

/** What a server's state or protection does not allow. */
export function wrongStates(): Refusal[] {
  const deletes = UP.flatMap(([state, machine]) =>
    [(path: string) => path, newer].map((api): Refusal => ({
      name: `400 DELETE ${api("/instance/v1/")}…/servers: one that is ${state}`,
      ask: async (cloud) => ["DELETE", api((await machine(cloud)).path)],
      refused: precondition(400, "resource_still_in_use", "instance should be powered off"),
    })),
  );
  const actions = ACTIONS.flatMap(([action, newerPath, machine, refused]): Refusal[] => [
    {
      name: `412 ${action}: in the wrong state`,
      ask: async (cloud) => ["POST", `${(await machine(cloud)).path}/action`, { action }],
      refused,
    },
    {
      name: `412 ${newerPath}: in the wrong state, v2alpha1`,
      ask: async (cloud) => ["POST", `${newer((await machine(cloud)).path)}/${newerPath}`, {}],
      refused,
    },
  ]);
  return [...deletes, ...actions, ...OTHERS];
}

const OTHERS: readonly Refusal[] = [
  {
    name: "400 action required",
    ask: async (cloud) => ["POST", `${(await stopped(cloud)).path}/action`, {}],
    refused: invalid("action", "required"),
  },
  {
    name: "400 action constraint",
    ask: async (cloud) => ["POST", `${(await stopped(cloud)).path}/action`, { action: "explode" }],
    refused: invalid("action", "constraint"),
  },
  {
    name: "412 another type for a server that runs",
    ask: async (cloud) => ["PATCH", (await running(cloud)).path, { commercial_type: "DEV1-M" }],
    refused: notStopped,
  },
  {
    name: "400 commercial_type constraint: one that the server does not fit",
    ask: async (cloud) => ["PATCH", (await stopped(cloud)).path, { commercial_type: "COPARM1-2C-8G" }],
    refused: invalid("commercial_type", "constraint"),
  },
  {
    name: "412 DELETE a protected server",
    ask: async ({ aServer }) => ["DELETE", (await aServer({ protected: true })).path],
    refused: precondition(412, "protected_resource"),
  },
  {
    name: "412 terminate a protected server",
    async ask(cloud) {
      const { path } = await running(cloud);
      await cloud.call("PATCH", path, { protected: true });
      return ["POST", `${path}/action`, { action: "terminate" }];
    },
    refused: precondition(412, "protected_resource"),
  },
  {
    name: "412 an action while a volume is being attached",
    async ask(cloud) {
      const machine = await running(cloud);
      const volume = await cloud.call("POST", "/block/v1/zones/fr-par-1/volumes", {
        name: "data",
        from_empty: { size: 10e9 },
      });
      cloud.pass(5);
      await cloud.call("POST", `${machine.path}/attach-volume`, { volume_id: volume.json.id });
      return ["POST", `${machine.path}/action`, { action: "reboot" }];
    },
    refused: notRunning,
  },
];
