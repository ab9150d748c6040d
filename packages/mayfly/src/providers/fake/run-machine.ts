import type { Clock } from "../../clock.ts";
import type { Random } from "../../random.ts";
import { ProviderError } from "../error.ts";
import type { Marks } from "../provider.ts";
import { expectStock } from "./expect-stock.ts";
import type { FakeMachine } from "./fake-machine.ts";
import type { FakeThings } from "./fake-things.ts";

/** What a machine is to be that is made with all that belongs to it, and powered on, in one call. */
export interface RunRequest {
  /** A repeat with the same token is answered with the machine that the first one made. */
  token: string;
  marks: Marks;
  name: string;
  zone: string;
  type: string;
  /** Beside its root, by name. */
  volumes: string[];
  network?: string;
  firewall?: string;
  userData?: string;
  reports: boolean;
  onShutdown: "stop" | "terminate";
}

/** As EC2 makes machines. @param options.named what there is with a name @param options.boot powers it on */
export function createRunMachine(options: {
  things: FakeThings;
  named: ReadonlyMap<string, unknown>;
  clock: Clock;
  random: Random;
  boot: (machine: FakeMachine) => void;
}): (request: RunRequest) => FakeMachine {
  const { things, named, clock, random, boot } = options;
  const byToken = new Map<string, FakeMachine>();

  return (request) => {
    things.change();
    const { token, marks, name, zone, type, network, firewall, userData, reports, onShutdown } = request;
    const known = byToken.get(token);
    if (known?.goneAt !== undefined)
      throw new ProviderError("conflict", `the machine of this token, ${known.id}, is over`);
    if (known) return structuredClone(known);
    expectStock(type, random);
    for (const shared of [network, firewall])
      if (shared !== undefined && !named.has(shared)) throw new ProviderError("conflict", `no ${shared}`);
    const id = things.newId("machine");
    const part = (kind: "volume" | "address", own: string) =>
      things.makePart({
        kind,
        name: own,
        zone,
        marks,
        madeFor: marks.instanceId,
        machine: id,
        goesWithMachine: true,
      }).id;
    const machine: FakeMachine = {
      id,
      name,
      zone,
      type,
      marks,
      state: "stopped",
      volume: part("volume", "root"),
      volumes: request.volumes.map((own) => part("volume", own)),
      addresses: [part("address", "card")],
      onShutdown,
      reports,
      ip: `198.18.${things.machines.size >> 8}.${things.machines.size & 255}`,
      ...(network !== undefined && { network }),
      ...(firewall !== undefined && { firewall }),
      ...(userData !== undefined && { userData }),
      createdAt: clock.now(),
    };
    things.machines.set(id, machine);
    byToken.set(token, machine);
    boot(machine);
    return structuredClone(machine);
  };
}
