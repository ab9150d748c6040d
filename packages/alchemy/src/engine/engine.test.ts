import { test } from "node:test";
import { engineMissing } from "./testing/engine-missing.ts";

const skip = engineMissing();
if (skip) test("the engine's faults are met", { skip }, () => {});
else await import("./testing/engine-suite.ts");
