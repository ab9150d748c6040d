import { listAll, waitUntilGone } from "@mayfly/scaleway";
import type { Functionv1beta1 } from "@mayfly/scaleway/products";
import type { Cloud } from "../cloud.ts";
import type { CommonProps } from "../common-props.ts";
import type { At, CommonAttributes, Kind } from "../kind.ts";
import { orAbsent } from "../or-absent.ts";
import { discard, RHYTHM } from "../patience.ts";
import { reveal } from "../secret.ts";
import type { Secret } from "../secret.ts";
import { settled } from "../settled.ts";
import { sorted } from "../sorted.ts";

export interface FunctionNamespaceProps extends CommonProps {
  /** A change replaces it, and every function in it. @default app, id and stage, in small letters */
  name?: string;
  /** A change replaces it. @default SCW_DEFAULT_REGION, else the region of SCW_DEFAULT_ZONE, else fr-par */
  region?: string;
  /** @default "" */
  description?: string;
  /** What every function in it finds in its environment. @default none */
  environment?: Record<string, string>;
  /** The same, shown to nobody. Wrap the values in `alchemy.secret`. They are set with each change. @default none */
  secretEnvironment?: Record<string, string | Secret>;
  /** @default none */
  tags?: string[];
}

/** What serverless functions are made in. */
export interface FunctionNamespace extends CommonAttributes {
  /** A UUID. */
  id: string;
  name: string;
  /** `fr-par` */
  region: string;
  projectId: string;
  description: string;
  environment: Record<string, string>;
  /** The names alone. */
  secretEnvironment: string[];
  registryEndpoint: string;
  /** With the mark of the resource. */
  tags: string[];
}

const SETTLES_WITHIN_MS = 600_000;

/**
 * https://www.scaleway.com/en/developers/api/serverless-functions/#path-namespaces
 *
 * @example
 * const functions = await FunctionNamespace("functions", {
 *   environment: { LOG_LEVEL: "info" },
 *   secretEnvironment: { TOKEN: alchemy.secret(process.env.TOKEN) },
 * });
 */
export const functionNamespace: Kind<FunctionNamespaceProps, FunctionNamespace, Functionv1beta1.Namespace> = {
  name: "FunctionNamespace",
  noun: "function namespace",
  place: (cloud, { region }) => region ?? cloud.region,
  placeOf: ({ region }) => region,
  // https://www.scaleway.com/en/docs/serverless-functions/how-to/create-manage-delete-functions-namespace/
  plainName: true,

  list: (cloud, { place: region, projectId, name }) =>
    listAll(
      async (page, pageSize) => {
        const query = { region, page, pageSize, projectId, name, orderBy: "created_at_asc" } as const;
        const { namespaces, totalCount } = await cloud.functions.listNamespaces(query);
        return { items: namespaces, totalCount };
      },
      { what: `function namespaces of ${region}`, oldestFirst: true },
    ),
  async read(cloud, at) {
    const namespace = await get(cloud, at);
    return namespace?.status === "deleting" ? undefined : namespace;
  },
  create: (cloud, { name, tags, projectId, place: region, props }) =>
    cloud.functions.createNamespace({ region, name, tags, projectId, ...settings(props) }),
  async settle(cloud, at) {
    const look = async () => (await get(cloud, at))?.status;
    const what = `function namespace ${at.id}`;
    const ready = ["ready", "deleting"];
    await settled(look, { clock: cloud.clock, what, ready, timeoutMs: SETTLES_WITHIN_MS });
  },
  async update(cloud, { id: namespaceId, place: region, wanted: { tags, props }, whole }) {
    const { secretEnvironmentVariables: wanted, ...rest } = settings(props);
    const dropped = whole.secretEnvironmentVariables.filter(
      ({ key }) => !(key in (props.secretEnvironment ?? {})),
    );
    await cloud.functions.updateNamespace({
      region,
      namespaceId,
      tags,
      ...rest,
      secretEnvironmentVariables: [...wanted, ...dropped.map(({ key }) => ({ key }))],
    });
  },
  async remove(cloud, { id: namespaceId, place: region }) {
    const { clock, functions } = cloud;
    const what = `function namespace ${namespaceId} to go`;
    await discard(clock, what, () => functions.deleteNamespace({ region, namespaceId }));
    const look = () => functions.getNamespace({ region, namespaceId });
    await waitUntilGone(look, { clock, what, timeoutMs: SETTLES_WITHIN_MS, ...RHYTHM });
  },

  fields: {
    projectId: { want: ({ projectId }) => projectId, is: ({ projectId }) => projectId, replaces: true },
    name: { want: ({ name }) => name, is: ({ name }) => name, replaces: true },
    tags: { want: ({ tags }) => tags, is: ({ tags }) => sorted(tags) },
    description: { want: ({ props }) => props.description ?? "", is: ({ description }) => description ?? "" },
    environment: {
      want: ({ props }) => props.environment ?? {},
      is: ({ environmentVariables }) => environmentVariables,
    },
    secretEnvironment: {
      want: ({ props }) => sorted(Object.keys(props.secretEnvironment ?? {})),
      is: ({ secretEnvironmentVariables }) => sorted(secretEnvironmentVariables.map(({ key }) => key)),
    },
    // The cloud does not show them.
    secrets: {
      want: ({ props }) => (Object.keys(props.secretEnvironment ?? {}).length > 0 ? "set" : undefined),
      is: () => "unknown",
    },
  },
  attributes: (namespace) => ({
    id: namespace.id,
    name: namespace.name,
    region: namespace.region,
    projectId: namespace.projectId,
    description: namespace.description ?? "",
    environment: namespace.environmentVariables,
    secretEnvironment: sorted(namespace.secretEnvironmentVariables.map(({ key }) => key)),
    registryEndpoint: namespace.registryEndpoint,
    tags: namespace.tags,
  }),
};

const get = (cloud: Cloud, { id: namespaceId, place: region }: At) =>
  orAbsent(() => cloud.functions.getNamespace({ region, namespaceId }));

function settings({ description = "", environment = {}, secretEnvironment = {} }: FunctionNamespaceProps) {
  return {
    description,
    environmentVariables: environment,
    secretEnvironmentVariables: Object.entries(secretEnvironment).map(([key, value]) => ({
      key,
      value: reveal(value),
    })),
  };
}
