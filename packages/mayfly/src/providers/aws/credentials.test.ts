import assert from "node:assert/strict";
import { test } from "node:test";
import { findAwsCredentials } from "./credentials.ts";

const KEY = { AWS_ACCESS_KEY_ID: "AKIAIOSFODNN7EXAMPLE", AWS_SECRET_ACCESS_KEY: "wJalrXUtnFEMI" };

test("a key of the environment is taken, with its region and another address", () => {
  assert.deepEqual(findAwsCredentials({ env: { ...KEY, AWS_REGION: "eu-west-3" } }), {
    ok: true,
    credentials: {
      accessKeyId: KEY.AWS_ACCESS_KEY_ID,
      secretAccessKey: KEY.AWS_SECRET_ACCESS_KEY,
      sessionToken: undefined,
    },
    region: "eu-west-3",
    endpoint: undefined,
  });
  const elsewhere = findAwsCredentials({ env: { ...KEY, AWS_ENDPOINT_URL: "http://127.0.0.1:5000" } });
  assert.ok(elsewhere.ok);
  assert.equal(elsewhere.endpoint, "http://127.0.0.1:5000");
  assert.equal(elsewhere.region, "us-east-1");
});

test("without a key the official chain is asked, for a profile if one is named", () => {
  const found = findAwsCredentials({ env: { AWS_PROFILE: "lab" } });
  assert.ok(found.ok);
  assert.deepEqual(found.credentials, { profile: "lab" });
});

test("all that is wrong is told at once, without the value of a secret", () => {
  const env = {
    AWS_SECRET_ACCESS_KEY: "hunter2",
    AWS_REGION: "Europe",
    AWS_ENDPOINT_URL: "http://a:hunter2@b/",
  };
  const found = findAwsCredentials({ env });
  assert.ok(!found.ok);
  assert.deepEqual(
    found.problems.map(({ name }) => name),
    ["AWS_ACCESS_KEY_ID", "AWS_REGION", "AWS_ENDPOINT_URL"],
  );
  assert.doesNotMatch(JSON.stringify(found), /hunter2/);
});
