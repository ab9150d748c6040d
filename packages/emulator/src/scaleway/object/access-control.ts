import type { Answer, Call } from "../../http/route.ts";
import { ownerOf } from "./owner-of.ts";
import { textAnswer, xmlAnswer } from "./storage-answers.ts";
import { NAMESPACE } from "./xml.ts";
import type { Xml } from "./xml.ts";

const TYPE = "text/xml; charset=utf-8";
const SCHEMA = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"';
const EVERYBODY = "http://acs.amazonaws.com/groups/global/AllUsers";
const ANYBODY_KNOWN = "http://acs.amazonaws.com/groups/global/AuthenticatedUsers";

/** What a request puts: a canned list by its header, or XML. */
export function givenAcl(call: Call): string {
  return call.headers["x-amz-acl"] ?? (call.text.trim() || "private");
}

export function aclAnswer(acl: string, projectId: string): Answer {
  if (acl.startsWith("<")) return textAnswer(acl, TYPE);
  const owner = ownerOf(projectId);
  const grants: Xml[] = [
    grant("CanonicalUser", { ID: owner["ID"] ?? "", DisplayName: owner["ID"] ?? "" }, "FULL_CONTROL"),
  ];
  if (acl.startsWith("public-read")) grants.push(grant("Group", { URI: EVERYBODY }, "READ"));
  if (acl === "public-read-write") grants.push(grant("Group", { URI: EVERYBODY }, "WRITE"));
  if (acl === "authenticated-read") grants.push(grant("Group", { URI: ANYBODY_KNOWN }, "READ"));
  return xmlAnswer(
    { [`AccessControlPolicy ${NAMESPACE}`]: { Owner: owner, AccessControlList: { Grant: grants } } },
    TYPE,
  );
}

function grant(type: string, grantee: { readonly [name: string]: Xml }, permission: string): Xml {
  return { [`Grantee ${SCHEMA} xsi:type="${type}"`]: grantee, Permission: permission };
}
