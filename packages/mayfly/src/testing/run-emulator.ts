// An emulated cloud with its control endpoints; prints where it is.
import "./dies-with-its-parent.ts";
import { createEmulator } from "@mayfly/emulator";
import { emulatorGuest } from "../cli/emulator-guest.ts";

const options = JSON.parse(process.argv[2] ?? "{}") as Parameters<typeof createEmulator>[0];
const { url } = await createEmulator({ ...options, guest: emulatorGuest, control: true }).listen({ port: 0 });
console.log(url);
