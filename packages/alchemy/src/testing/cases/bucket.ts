import { bucket } from "../../resources/bucket.ts";
import type { Bucket, BucketProps } from "../../resources/bucket.ts";
import type { EmulatedCloud } from "../emulated-cloud.ts";
import type { ResourceCase } from "../resource-case.ts";

export const aBucket: ResourceCase<BucketProps, Bucket> = {
  kind: bucket as ResourceCase<BucketProps, Bucket>["kind"],
  props: () => ({ tags: { team: "web" } }),
  changed: () => ({ acl: "public-read", versioning: true }),
  replaced: () => ({ region: "nl-ams" }),
  leaves: ["bucket app-it-dev"],
  foreign: async (cloud, _, name) => {
    await asThem(cloud, "PUT", `/${name}`);
    return `fr-par/${name}`;
  },
  deletes: /^DELETE \/$/,
  refusal: "<Error><Code>InternalError</Code><Message>out of order</Message></Error>",
};

/** As S3's clients ask. */
async function asThem(cloud: EmulatedCloud, method: string, path: string): Promise<void> {
  const authorization =
    "AWS4-HMAC-SHA256 Credential=SCWABCDEFGHIJKLMNOPQ/20310101/fr-par/s3/aws4_request, SignedHeaders=host, Signature=0";
  const url = `https://s3.fr-par.scw.cloud${path}`;
  const response = await cloud.emulator.fetch(url, { method, headers: { authorization } });
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
}
