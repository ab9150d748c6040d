import type { Doctor } from "../api/doctor.ts";
import type { Command } from "./command.ts";
import { withService } from "./connect.ts";
import type { Context } from "./context.ts";
import { localTime } from "./time-left.ts";

export const doctor: Command = {
  summary: "How the installation is: service, accounts, sweeps, trouble",
  usage: [""],
  takes: [0, 0],
  options: {},
  details: "Exits 1 when a check is not passed.",
  async run(context) {
    const report = await withService(context, (client) => client.doctor());
    context.out(context.json ? JSON.stringify(report) : describe(context, report));
    return report.checks.every((check) => check.ok) ? 0 : 1;
  },
};

function describe(context: Context, report: Doctor): string {
  const now = Date.now();
  const counts = Object.entries(report.instances).map(([phase, count]) => `${count} ${phase}`);
  const lines = [
    row(
      context,
      "service",
      `mayfly ${report.version}, pid ${report.pid}, since ${localTime(report.startedAt, now)}`,
    ),
    row(context, "home", report.home),
    row(context, "owner", report.owner),
    row(context, "instances", counts.join(", ") || "none"),
  ];
  for (const account of report.accounts) {
    const swept =
      account.lastSweepAt === undefined ? "not swept yet" : `swept ${localTime(account.lastSweepAt, now)}`;
    const calls = Object.entries(account.callsByClass).map(([kind, count]) => `${count} ${kind}`);
    lines.push(
      row(
        context,
        "account",
        `${account.name}: ${account.provider} ${account.zone} at ${account.endpoint} (${account.fingerprint})`,
      ),
      row(
        context,
        "",
        `${swept}, ${account.suspects} suspects, ${account.reaped} reaped; calls: ${calls.join(", ") || "none"}`,
      ),
    );
  }
  if (report.processes) lines.push(row(context, "processes", report.processes.join(", ") || "none"));
  for (const duty of report.duties ?? [])
    lines.push(row(context, "", `${duty.name} is done by ${duty.process}`));
  for (const check of report.checks) {
    lines.push(
      `${check.ok ? context.style("green", "ok    ") : context.style("red", "not ok")}      ${check.name}: ${check.message}`,
    );
    if (check.suggestion !== undefined) lines.push(row(context, "", check.suggestion));
  }
  return lines.join("\n");
}

const row = (context: Context, label: string, text: string): string =>
  `${context.style("dim", label.padEnd(10))}  ${text}`;
