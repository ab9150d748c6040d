// The command line as it is.
import "./dies-with-its-parent.ts";
import "../cli/main.ts";
