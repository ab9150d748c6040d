import { test } from "node:test";
import { engineMissing } from "./testing/engine-missing.ts";

const skip = engineMissing();
if (skip) test("every resource keeps its promises on the real engine", { skip }, () => {});
else {
  const { suite } = await import("./testing/suite.ts");
  const { CASES } = await import("../testing/cases.ts");
  suite(CASES.vpc);
  suite(CASES.privateNetwork);
  suite(CASES.securityGroup);
}
