import type { Clock } from "../../clock.ts";
import type { CallClass } from "../limiter.ts";
import type { Provider } from "../provider.ts";
import type { Account } from "./account.ts";
import { attempt } from "./attempt.ts";
import { create } from "./create.ts";
import type { AwsCredentials } from "./credentials.ts";
import { remove } from "./delete.ts";
import { createEc2Clients } from "./ec2-clients.ts";
import { guestReport } from "./guest/guest-report.ts";
import { createFirewalls } from "./firewalls.ts";
import { createImages } from "./images.ts";
import { createInstanceTypes } from "./instance-types.ts";
import { createKeys } from "./keys.ts";
import { list } from "./list.ts";
import { mark } from "./mark.ts";
import { createNetworks } from "./networks.ts";
import { price } from "./price.ts";
import { reboot, start, stop } from "./power.ts";
import { createSecurityGroups } from "./security-groups.ts";
import { createSubnets } from "./subnets.ts";
import { validate } from "./validate.ts";
import { VISIBILITY_GAP_MS } from "./visibility-gap.ts";
import { createVolumes } from "./volumes.ts";
import { awsZones } from "./zones.ts";

export interface AwsProviderOptions {
  credentials: AwsCredentials;
  /** The one that the account has beyond those that every account has, or one of them. */
  region: string;
  /** @default each region's own */
  endpoint?: string;
  /** One for each class of calls, so that a limiter can hold one and let another pass. */
  fetch: Record<CallClass, (request: Request) => Promise<Response>>;
  clock: Clock;
}

/** EC2: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/ */
export function createAwsProvider(options: AwsProviderOptions): Provider {
  const account = accountOf(options);
  return {
    name: "aws",
    supports: { stop: true, failsafe: true },
    defaults: { type: "t3.micro", image: "ubuntu-24.04" },
    visibilityGapMs: VISIBILITY_GAP_MS,
    zones: awsZones(options.region),
    create: (request) => create(account, request),
    list: (query) => list(account, query),
    start: (machine) => start(account, machine),
    stop: (machine) => stop(account, machine),
    mark: (machine, marks) => mark(account, machine, marks),
    guestReport: (machine) => guestReport(account, machine),
    reboot: (machine) => reboot(account, machine),
    delete: (request) => remove(account, request),
    networks: createNetworks(account),
    firewalls: createFirewalls(account),
    volumes: account.volumes,
    keys: createKeys(account),
    catalog: {
      types: (zone) => attempt(`list types of aws ${zone}`, () => account.types.of(zone)),
      images: async () => account.images.all(),
    },
    validate: (spec) => validate(account, awsZones(options.region), spec),
    price: (spec) => attempt(`price ${spec.type} on aws ${spec.zone}`, () => price(account, spec)),
  };
}

function accountOf(options: AwsProviderOptions): Account {
  const { clock } = options;
  const clients = { clock, ec2: createEc2Clients(options) };
  return {
    ...clients,
    images: createImages(clients),
    securityGroups: createSecurityGroups(clients),
    subnets: createSubnets(clients),
    types: createInstanceTypes(clients),
    volumes: createVolumes(clients),
  };
}
