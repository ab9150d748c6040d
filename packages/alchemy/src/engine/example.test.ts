import { test } from "node:test";
import { engineMissing } from "./testing/engine-missing.ts";

const skip = engineMissing();
if (skip) test("the example runs as a user's project", { skip }, () => {});
else await import("./testing/example-suite.ts");
