import { Blockv1 } from "@scaleway/sdk-block";
import { Iamv1alpha1 } from "@scaleway/sdk-iam";
import { Instancev1 } from "@scaleway/sdk-instance";
import { Marketplacev2 } from "@scaleway/sdk-marketplace";
import { Vpcv2 } from "@scaleway/sdk-vpc";
import { clientFor } from "./client.ts";
import type { Caller, ScalewayOptions } from "./client.ts";
import { assertCredentials } from "./credentials.ts";
import { guardIds } from "./guard-ids.ts";

/** The official SDK's APIs on one client: every failure is a `ScalewayCallError`. */
export interface Scaleway {
  instance: Instancev1.API;
  block: Blockv1.API;
  marketplace: Marketplacev2.API;
  vpc: Vpcv2.API;
  iam: Iamv1alpha1.API;
  projectId: string;
  /** The same, with calls that end when the signal is aborted. */
  abortedBy(signal: AbortSignal): Scaleway;
  /** The same, with calls that throw `Withheld` when, after they waited in the given fetch, this throws. */
  fencedBy(fence: () => void): Scaleway;
}

export function createScaleway(options: ScalewayOptions): Scaleway {
  assertCredentials(options.credentials);
  return apisFor(options);
}

function apisFor(options: ScalewayOptions, caller: Caller = {}): Scaleway {
  const { signal } = caller;
  const client = clientFor(options, caller);
  return {
    instance: guardIds(new Instancev1.API(client)),
    block: guardIds(new Blockv1.API(client)),
    marketplace: guardIds(new Marketplacev2.API(client)),
    vpc: guardIds(new Vpcv2.API(client)),
    iam: guardIds(new Iamv1alpha1.API(client)),
    projectId: options.credentials.projectId,
    abortedBy: (another) =>
      apisFor(options, {
        ...caller,
        signal: signal === undefined ? another : AbortSignal.any([signal, another]),
      }),
    fencedBy: (fence) => apisFor(options, { ...caller, fence }),
  };
}
