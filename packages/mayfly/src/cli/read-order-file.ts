import { limits } from "../api/limits.ts";
import type { SwimOrder } from "../api/swim-order.ts";
import { UserError } from "../api/user-error.ts";
import { readConfined } from "../client/read-confined.ts";
import type { Arguments } from "./arguments.ts";

/** The cloud-init of an order; throws what is wrong with its file. */
export function readOrderFile({ cloudInit }: SwimOrder, given: Arguments): string {
  if ("content" in cloudInit) return cloudInit.content;
  const folder = given.text("cloud-init-dir") ?? process.cwd();
  const text = readConfined(folder, cloudInit.file, {
    path: "CloudInitFile",
    mostBytes: limits.userDataBytes,
  });
  if (typeof text === "string") return text;
  throw new UserError("usage", { exitCode: 2, problems: [text] });
}
