import type { Incoming } from "../../http/dispatch.ts";

/** Where in object storage a request goes. */
export interface StorageAddress {
  readonly region: string;
  /** Empty: none. */
  readonly bucket: string;
  readonly key: string;
  /** Empty: the request is not signed. */
  readonly accessKey: string;
}

const STORAGE_HOST = /^(?:(?<bucket>.+)\.)?s3\.(?<region>[a-z]+-[a-z]+)\.[^/]+$/;
const LOCAL_HOST = /^(?<bucket>.+)\.localhost(?::\d+)?$/;
const SCOPE = /^(?<accessKey>[^/]+)\/\d{8}\/(?<region>[^/]+)\/s3\/aws4_request$/;

/**
 * Reads the address of a request to object storage: it is signed for it, or its host says so. The bucket is the first part
 * of the host or of the path. Undefined: it is for another product. The signature itself is not checked.
 */
export function storageAddress({ headers = {} }: Incoming, url: URL): StorageAddress | undefined {
  const { host = "", authorization = "" } = headers;
  const credential = /^AWS4-HMAC-SHA256 .*Credential=([^,\s]+)/.exec(authorization)?.[1];
  const scope = SCOPE.exec(credential ?? url.searchParams.get("X-Amz-Credential") ?? "")?.groups;
  const named = STORAGE_HOST.exec(host)?.groups;
  if (!scope && !named) return undefined;
  const inHost = named?.bucket ?? (named ? undefined : LOCAL_HOST.exec(host)?.groups?.bucket);
  const path = decodeURIComponent(url.pathname.slice(1));
  const [first = "", ...rest] = path.split("/");
  return {
    region: named?.region ?? scope?.region ?? "",
    bucket: inHost ?? first,
    key: inHost === undefined ? rest.join("/") : path,
    accessKey: scope?.accessKey ?? "",
  };
}
