import { test } from "node:test";
import { engineMissing } from "./testing/engine-missing.ts";

const skip = engineMissing();
if (skip) test("instances keep every resource's promises", { skip }, () => {});
else {
  const { suite } = await import("./testing/suite.ts");
  const { anInstance } = await import("../testing/cases/instance.ts");
  suite(anInstance);
}
