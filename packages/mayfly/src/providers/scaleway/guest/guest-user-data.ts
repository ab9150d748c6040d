import type { InstanceSpec } from "../../../lifecycle/instance.ts";
import { joinParts } from "../../guest/join-parts.ts";
import { reporter } from "./reporter.ts";

/** What the guest gets as its cloud-init: what the user gave, and beside it what reports, when that is waited for. */
export function guestUserData({
  userData,
  ready,
}: Pick<InstanceSpec, "userData" | "ready">): string | undefined {
  const report = { type: "text/cloud-boothook", name: "mayfly-report", text: reporter() };
  return joinParts(userData, { before: ready === "cloud-init" ? [report] : [] });
}
