import { setImmediate as turn } from "node:timers/promises";
import type { EC2 } from "@aws-sdk/client-ec2";
import type { Provider } from "../providers/provider.ts";
import { createAwsProvider } from "../providers/aws/aws.ts";
import type { Clients } from "../providers/aws/clients.ts";
import { createEc2Clients } from "../providers/aws/ec2-clients.ts";
import { throttledFetch } from "../providers/aws/throttled-fetch.ts";
import { createEc2Layer } from "./ec2-layer.ts";
import type { Ec2Layer } from "./ec2-layer.ts";
import type { Moto } from "./moto.ts";
import { createVirtualClock } from "./virtual-clock.ts";
import type { VirtualClock } from "./virtual-clock.ts";

type Send = (request: Request) => Promise<Response>;

/** An EC2 of its own on virtual time, with nothing in it but what a new account has. */
export interface AwsWorld {
  clock: VirtualClock;
  layer: Ec2Layer;
  /** What somebody else sees and does, past the layer. */
  console: EC2;
  /** @param send @default straight to the layer */
  provider(send?: Send): Provider;
  clients(send?: Send): Clients;
  /** Lets time pass for as long as the work waits for it. */
  passing<Result>(work: Promise<Result>): Promise<Result>;
  left(): Promise<{ machines: number; volumes: number; addresses: number }>;
}

export const AWS_ZONE = "us-east-1a";

export async function anAwsWorld(moto: Moto): Promise<AwsWorld> {
  await moto.reset();
  const clock = createVirtualClock({ startAt: Date.now() });
  const straight: Send = (request) => fetch(request);
  const layer = createEc2Layer(straight, clock.now);
  const credentials = { accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: SECRET };
  const via = (send: Send) => ({ read: send, create: send, delete: send });
  const console = await createEc2Clients({ credentials, endpoint: moto.url, clock, fetch: via(straight) })(
    "read",
    "us-east-1",
  );
  return {
    clock,
    layer,
    console,
    provider(send = layer.fetch) {
      const fetch = via(throttledFetch(send));
      return createAwsProvider({ credentials, region: "us-east-1", endpoint: moto.url, fetch, clock });
    },
    clients: (send = layer.fetch) => ({
      clock,
      ec2: createEc2Clients({ credentials, endpoint: moto.url, clock, fetch: via(throttledFetch(send)) }),
    }),
    async passing(work) {
      let isOver = false;
      const over = () => void (isOver = true);
      work.then(over, over);
      while (!isOver) {
        for (let turns = 0; turns < 20 && !isOver; turns += 1) await turn();
        const next = layer.busy > 0 ? undefined : clock.nextAt();
        if (!isOver && next !== undefined) await clock.advance(next - clock.now());
      }
      return work;
    },
    async left() {
      const [machines, volumes, cards, addresses] = await Promise.all([
        console.describeInstances({}),
        console.describeVolumes({}),
        console.describeNetworkInterfaces({}),
        console.describeAddresses({}),
      ]);
      const all = (machines.Reservations ?? []).flatMap(({ Instances = [] }) => Instances);
      return {
        machines: all.filter(({ State }) => State?.Name !== "terminated").length,
        volumes: (volumes.Volumes ?? []).length,
        addresses: (cards.NetworkInterfaces ?? []).length + (addresses.Addresses ?? []).length,
      };
    },
  };
}

/** It opens nothing. */
const SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
