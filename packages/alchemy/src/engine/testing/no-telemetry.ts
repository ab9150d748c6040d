// The engine reads it when it is loaded: import this before it.
process.env["ALCHEMY_TELEMETRY_DISABLED"] = "1";
