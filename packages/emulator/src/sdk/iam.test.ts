import { describe } from "node:test";
import { Iamv1alpha1 } from "@scaleway/sdk-iam";
import { driving } from "./driving.ts";
import { apiKeys } from "./iam/api-keys.ts";
import { applications } from "./iam/applications.ts";
import { groups } from "./iam/groups.ts";
import { policies } from "./iam/policies.ts";
import { sshKeys } from "./iam/ssh-keys.ts";
import { users } from "./iam/users.ts";

const { begin, everyMethodIsDriven, everyAnswerIsAsPromised } = driving(Iamv1alpha1.API, {
  package: "@scaleway/sdk-iam",
  version: "v1alpha1",
});

describe("iam v1alpha1, through the official SDK", () => {
  applications(begin);
  apiKeys(begin);
  users(begin);
  groups(begin);
  sshKeys(begin);
  policies(begin);
  everyMethodIsDriven({
    "people log in to the web console, which is not here": [
      "updateUserPassword",
      "createUserMFAOTP",
      "validateUserMFAOTP",
      "deleteUserMFAOTP",
      "listGracePeriods",
      "getUserConnections",
      "initiateUserConnection",
      "joinUserConnection",
      "removeUserConnection",
      "listJWTs",
      "createJWT",
      "getJWT",
      "deleteJWT",
      "getOrganizationSecuritySettings",
      "updateOrganizationSecuritySettings",
      "updateOrganizationLoginMethods",
      "getOrganizationSaml",
      "enableOrganizationSaml",
      "updateSaml",
      "deleteSaml",
      "parseSamlMetadata",
      "listSamlCertificates",
      "addSamlCertificate",
      "deleteSamlCertificate",
    ],
    "the organization is only an id": ["getOrganization", "setOrganizationAlias"],
    "what was done is not logged": ["listLogs", "getLog"],
    "quotas are met by server types that are named for it": ["listQuota", "getQuotum"],
  });
  everyAnswerIsAsPromised();
});
