import type { Incoming } from "../../http/dispatch.ts";
import type { Answer, Call, Route } from "../../http/route.ts";
import type { Match } from "../../http/router.ts";
import { holding } from "../../product.ts";
import type { Product } from "../../product.ts";
import { createBucket, deleteBucket, getLocation, headBucket, listBuckets } from "./bucket-operations.ts";
import {
  CONFIGURATIONS,
  deleteConfiguration,
  getAcl,
  getConfiguration,
  getVersioning,
  putAcl,
  putConfiguration,
  putVersioning,
} from "./configuration-operations.ts";
import { listObjects, listVersions } from "./list-objects.ts";
import { exportSteps } from "./export-to-bucket.ts";
import {
  deleteObject,
  deleteObjects,
  getObject,
  getObjectAcl,
  getObjectTagging,
  headObject,
  putObject,
  putObjectTagging,
} from "./object-operations.ts";
import { errorAnswer } from "./storage-answers.ts";
import { storageAddress } from "./storage-address.ts";
import { StorageError } from "./storage-error.ts";

type Operation = readonly [name: string, handle: (call: Call) => Answer];

/** Object storage, by region: what S3's own clients ask, in XML, of a bucket named by host or by path. */
export function objectStorage(): Product {
  return { routes: [], match, steps: exportSteps, holds: { bucket: holding({ kind: "bucket" }) } };
}

const SERVICE: Readonly<Record<string, Operation>> = { GET: ["listBuckets", listBuckets] };

const BUCKET: Readonly<Record<string, Operation>> = {
  PUT: ["createBucket", createBucket],
  DELETE: ["deleteBucket", deleteBucket],
  HEAD: ["headBucket", headBucket],
  GET: ["listObjects", listObjects],
  "GET location": ["getBucketLocation", getLocation],
  "GET versions": ["listObjectVersions", listVersions],
  "GET versioning": ["getBucketVersioning", getVersioning],
  "PUT versioning": ["putBucketVersioning", putVersioning],
  "GET acl": ["getBucketAcl", getAcl],
  "PUT acl": ["putBucketAcl", putAcl],
  "POST delete": ["deleteObjects", deleteObjects],
  ...Object.fromEntries(
    CONFIGURATIONS.flatMap((name): [string, Operation][] => [
      [`GET ${name}`, [`getBucket:${name}`, (call) => getConfiguration(call, name)]],
      [`PUT ${name}`, [`putBucket:${name}`, (call) => putConfiguration(call, name)]],
      [`DELETE ${name}`, [`deleteBucket:${name}`, (call) => deleteConfiguration(call, name)]],
    ]),
  ),
};

const OBJECT: Readonly<Record<string, Operation>> = {
  PUT: ["putObject", putObject],
  GET: ["getObject", getObject],
  HEAD: ["headObject", headObject],
  DELETE: ["deleteObject", deleteObject],
  "GET acl": ["getObjectAcl", getObjectAcl],
  "GET tagging": ["getObjectTagging", getObjectTagging],
  "PUT tagging": ["putObjectTagging", putObjectTagging],
};

const NOT_HERE =
  "uploads uploadId encryption replication notification logging requestPayment accelerate analytics inventory metrics " +
  "publicAccessBlock ownershipControls intelligent-tiering retention legal-hold restore select torrent policyStatus";

/** Of a query these change what is asked for; the rest says how. */
const SUBRESOURCES = new Set([
  ...[...Object.keys(BUCKET), ...Object.keys(OBJECT)].flatMap((name) => name.split(" ").slice(1)),
  ...NOT_HERE.split(" "),
]);

function match(incoming: Incoming, url: URL): Match | undefined {
  const address = storageAddress(incoming, url);
  if (!address) return undefined;
  const { method } = incoming;
  const table = address.bucket === "" ? SERVICE : address.key === "" ? BUCKET : OBJECT;
  const what = [...url.searchParams.keys()].find((name) => SUBRESOURCES.has(name));
  const [operation, handle] = table[what === undefined ? method : `${method} ${what}`] ?? UNKNOWN;
  const route: Route = {
    operation,
    method,
    path: url.pathname,
    // A signature stands in for the token.
    open: true,
    handle(call) {
      try {
        if (address.accessKey === "") throw new StorageError("AccessDenied");
        return handle(call);
      } catch (error) {
        if (error instanceof StorageError) return errorAnswer(call, method, error);
        throw error;
      }
    },
  };
  return { route, params: { ...address } };
}

const UNKNOWN: Operation = [
  "unknown",
  () => {
    throw new StorageError("NotImplemented");
  },
];
