// The command line as it is.
import "./dies-with-its-parent.ts";
import { flushCompileCache } from "node:module";
import "../cli/main.ts";

// Who is killed keeps no compiled code for the next one by itself.
setTimeout(flushCompileCache, 2_000).unref();
