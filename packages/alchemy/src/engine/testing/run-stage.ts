// A program as a user writes it, in a process of its own: `run-stage.ts FOLDER [--destroy]`.
import "./no-telemetry.ts";
import alchemy from "alchemy";
import { FileSystemStateStore } from "alchemy/state";
import { Vpc } from "../index.ts";

const [folder = ""] = process.argv.slice(2);
const app = await alchemy("app", {
  stage: "dev",
  noTrack: true,
  stateStore: (scope) => new FileSystemStateStore(scope, { rootDir: folder }),
});
const { id } = await Vpc("main");
process.stdout.write(`made ${id}\n`);
await app.finalize();
