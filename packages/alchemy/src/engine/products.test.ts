import { test } from "node:test";
import { engineMissing } from "./testing/engine-missing.ts";

const skip = engineMissing();
if (skip) test("databases, functions and buckets keep every resource's promises", { skip }, () => {});
else {
  const { suite } = await import("./testing/suite.ts");
  const { anRdbInstance } = await import("../testing/cases/rdb-instance.ts");
  const { anRdbDatabase } = await import("../testing/cases/rdb-database.ts");
  const { anRdbUser } = await import("../testing/cases/rdb-user.ts");
  const { aFunctionNamespace } = await import("../testing/cases/function-namespace.ts");
  const { aBucket } = await import("../testing/cases/bucket.ts");
  suite(anRdbInstance);
  suite(anRdbDatabase);
  suite(anRdbUser);
  suite(aFunctionNamespace);
  suite(aBucket);
}
