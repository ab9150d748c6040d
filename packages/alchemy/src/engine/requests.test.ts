import { test } from "node:test";
import { recordingsFolder } from "../testing/recorded-requests.ts";
import { engineMissing } from "./testing/engine-missing.ts";

const folder = recordingsFolder();
const skip =
  folder === undefined
    ? "NOT JUDGED: no recordings; set MAYFLY_VECTORS to the folder that holds instance.jsonl.gz"
    : engineMissing();
if (skip) test("what each resource sends is what was recorded", { skip }, () => {});
else {
  const { requestsSuite } = await import("./testing/requests-suite.ts");
  requestsSuite(folder!);
}
