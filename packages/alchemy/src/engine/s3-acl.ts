import type { Grant } from "@aws-sdk/client-s3";
import type { BucketState } from "../object-storage.ts";

const EVERYBODY = "http://acs.amazonaws.com/groups/global/AllUsers";
const ANYBODY_KNOWN = "http://acs.amazonaws.com/groups/global/AuthenticatedUsers";

/** The canned list that these grants are: https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html */
export function aclOf(grants: readonly Grant[]): BucketState["acl"] {
  const to = (group: string) =>
    grants
      .filter(({ Grantee }) => Grantee?.URI === group)
      .map(({ Permission }) => Permission)
      .sort()
      .join();
  const given = `${to(EVERYBODY)} ${to(ANYBODY_KNOWN)}`;
  switch (given) {
    case " ":
      return "private";
    case "READ ":
      return "public-read";
    case "READ,WRITE ":
      return "public-read-write";
    case " READ":
      return "authenticated-read";
    default:
      return "other";
  }
}
