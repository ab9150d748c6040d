// For scripts that tests start: when the test is gone, however it ended, its end of standard input is closed.
process.stdin.on("end", () => process.kill(process.pid, "SIGKILL")).resume();
// Nothing is read from there that a process would have to wait for.
if ("unref" in process.stdin) process.stdin.unref();
