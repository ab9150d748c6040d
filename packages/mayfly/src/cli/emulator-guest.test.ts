import assert from "node:assert/strict";
import { test } from "node:test";
import { readReport } from "../controllers/read-report.ts";
import { guestUserData } from "../providers/scaleway/guest/guest-user-data.ts";
import { emulatorGuest } from "./emulator-guest.ts";

const machine = (cloudInit: string | undefined, fails = false) => ({
  id: "id",
  name: "lab",
  userData: (cloudInit === undefined ? {} : { "cloud-init": cloudInit }) as Record<string, string>,
  fails,
});
const reporting = guestUserData({ userData: "#cloud-config\n", ready: "cloud-init" })!;

test("an emulated guest reports when what reports is in its user data, and only then", () => {
  assert.deepEqual(readReport(emulatorGuest(machine(reporting))["mayfly-report"]), { kind: "ready" });
  assert.equal(readReport(emulatorGuest(machine(reporting, true))["mayfly-report"]).kind, "failed");
  for (const other of [undefined, "#cloud-config\n"]) assert.deepEqual(emulatorGuest(machine(other)), {});
});
