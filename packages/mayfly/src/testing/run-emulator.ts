// An emulated cloud with its control endpoints; prints where it is.
import "./dies-with-its-parent.ts";
import { createEmulator } from "@mayfly/emulator";

const options = JSON.parse(process.argv[2] ?? "{}") as Parameters<typeof createEmulator>[0];
const { url } = await createEmulator({ ...options, control: true }).listen({ port: 0 });
console.log(url);
