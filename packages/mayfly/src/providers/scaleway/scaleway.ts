import type { Fetch, ScalewayCredentials } from "@mayfly/scaleway";
import { createScaleway } from "@mayfly/scaleway";
import type { Clock } from "../../clock.ts";
import type { Random } from "../../random.ts";
import type { MachineRef, Provider } from "../provider.ts";
import type { Account } from "./account.ts";
import { create } from "./create.ts";
import { remove } from "./delete.ts";
import { createFirewalls } from "./firewalls.ts";
import { guestReport } from "./guest/guest-report.ts";
import { createImages } from "./images.ts";
import { createKeys } from "./keys.ts";
import { createList } from "./list.ts";
import { mark } from "./mark.ts";
import { createNetworks } from "./networks.ts";
import { powerOff, powerOn, reboot } from "./power.ts";
import { price } from "./price.ts";
import { attempt } from "./provider-error.ts";
import { createSecurityGroups } from "./security-groups.ts";
import { createServerTypes } from "./server-types.ts";
import { validate } from "./validate.ts";
import { createVolumePrices } from "./volume-prices.ts";
import { createVolumes } from "./volumes.ts";
import { scalewayZones } from "./zones.ts";

export interface ScalewayProviderOptions {
  credentials: ScalewayCredentials;
  /** @default "https://api.scaleway.com" */
  apiUrl?: string;
  /** One for each class of calls, so that a limiter can hold one and let another pass. */
  fetch: Record<"read" | "create" | "delete", Fetch>;
  clock: Clock;
  random: Random;
  /** For calls that name none. */
  defaultZone: string;
  /** `false` when each fetch bounds its attempts itself, below a limiter: see `withTimeout`. @default 20_000 */
  timeoutMs?: number | false;
}

export function createScalewayProvider(options: ScalewayProviderOptions): Provider {
  const account = accountOf(options);
  const on = ({ id, zone }: MachineRef) => `${id} on scaleway ${zone}`;
  return {
    name: "scaleway",
    supports: { stop: true, failsafe: false },
    defaults: { type: "DEV1-S", image: "ubuntu_noble" },
    visibilityGapMs: 30_000,
    zones: [...scalewayZones],
    create: (request) => create(account, request),
    list: createList(account),
    start: (machine) => powerOn(account, machine, `start ${on(machine)}`),
    stop: (machine) => powerOff(account, machine, `stop ${on(machine)}`),
    mark: (machine, marks) => mark(account, machine, marks, `mark ${on(machine)}`),
    reboot: (machine) => reboot(account, machine, `reboot ${on(machine)}`),
    guestReport: (machine) => guestReport(account, machine),
    delete: (request) => remove(account, request),
    networks: createNetworks(account),
    firewalls: createFirewalls(account),
    volumes: account.volumes,
    keys: createKeys(account),
    catalog: {
      types: async (zone) => {
        const types = await attempt(`list types of scaleway ${zone}`, () => account.serverTypes.of(zone));
        return types.map(({ block: _block, localBytes: _localBytes, ...type }) => type);
      },
      images: () => attempt("list images of scaleway", () => account.images.all()),
    },
    validate: (spec) => validate(account, spec),
    price: (spec) => attempt(`price ${spec.type} on scaleway ${spec.zone}`, () => price(account, spec)),
  };
}

function accountOf(options: ScalewayProviderOptions): Account {
  const { credentials, apiUrl, fetch, clock, random, defaultZone, timeoutMs } = options;
  const clientOn = (base: Fetch) =>
    createScaleway({
      credentials: { ...credentials, zone: defaultZone },
      apiUrl,
      fetch: base,
      clock,
      random,
      timeoutMs,
      userAgentSuffix: "mayfly",
    });
  const read = clientOn(fetch.read);
  const clients = { clock, read, create: clientOn(fetch.create), delete: clientOn(fetch.delete) };
  return {
    ...clients,
    volumes: createVolumes(clients),
    images: createImages(read, clock),
    securityGroups: createSecurityGroups(read, clock),
    serverTypes: createServerTypes(read, clock),
    volumePrices: createVolumePrices(read, clock),
  };
}
