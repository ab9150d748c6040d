import type { Row, Table } from "../../table.ts";
import { plan } from "../../world.ts";
import type { Steps, World } from "../../world.ts";
import { DURATIONS } from "../durations.ts";
import { byFunction, byNamespace, crons, functions, namespaces, tokens, tokensOf } from "./rows.ts";
import type { FunctionRow } from "./rows.ts";

interface Thing extends Row {
  readonly epoch: number;
  readonly status: string;
  readonly modifiedAt: number;
}

const SPANS = {
  functionNamespace: DURATIONS.functionNamespace,
  function: DURATIONS.functionDeploy,
  functionCron: DURATIONS.functionCron,
  functionToken: DURATIONS.functionCron,
} as const;

type Kind = keyof typeof SPANS;

/** What time does to namespaces, and to what is in them. */
export const functionSteps: Steps = {
  "functionNamespace:ready": (world, id, at, epoch) => {
    const row = namespaces(world).get(id);
    if (row?.epoch !== epoch) return;
    const registryId = row.registryId ?? world.random.uuid();
    namespaces(world).put({ ...row, status: "ready", registryId, modifiedAt: at }, at);
  },
  "function:ready": (world, id, at, epoch) => {
    const row = functions(world).get(id);
    // Without code there is nothing to build.
    const status = row?.hasCode ? "ready" : "error";
    if (row?.epoch === epoch) functions(world).put({ ...row, status, modifiedAt: at }, at);
  },
  "functionCron:ready": (world, id, at, epoch) => settle(crons(world), id, at, epoch),
  "functionToken:ready": (world, id, at, epoch) => settle(tokens(world), id, at, epoch),
  "functionNamespace:gone": (world, id, at) => {
    for (const row of functions(world).by(byNamespace, id).slice()) removeFunction(world, row, at);
    for (const token of tokens(world).by(tokensOf, id).slice()) tokens(world).remove(token.id, at);
    namespaces(world).remove(id, at);
  },
  "function:gone": (world, id, at) => {
    const row = functions(world).get(id);
    if (row) removeFunction(world, row, at);
  },
  "functionCron:gone": (world, id, at) => crons(world).remove(id, at),
  "functionToken:gone": (world, id, at) => tokens(world).remove(id, at),
};

function settle<R extends Thing>(table: Table<R>, id: string, at: number, epoch: number): void {
  const row = table.get(id);
  if (row?.epoch === epoch) table.put({ ...row, status: "ready", modifiedAt: at }, at);
}

function removeFunction(world: World, row: FunctionRow, at: number): void {
  for (const { id } of crons(world).by(byFunction, row.id).slice()) crons(world).remove(id, at);
  for (const { id } of tokens(world).by(tokensOf, row.id).slice()) tokens(world).remove(id, at);
  functions(world).remove(row.id, at);
}

/** Puts the row as it is meanwhile; it is ready, or in error, after a while. */
export function begin<R extends Thing>(world: World, kind: Kind, row: R, at: number): R {
  const next = world.store.table<R>(kind).put({ ...row, modifiedAt: at, epoch: row.epoch + 1 }, at);
  plan(world, { step: `${kind}:ready`, id: row.id, epoch: next.epoch, from: at, span: SPANS[kind] });
  return next;
}

/** A second time it is on its way already. */
export function end<R extends Thing>(world: World, kind: Kind, row: R, at: number): R {
  if (row.status === "deleting") return row;
  const going = { ...row, status: "deleting", modifiedAt: at, epoch: row.epoch + 1 };
  const next = world.store.table<R>(kind).put(going, at);
  plan(world, {
    step: `${kind}:gone`,
    id: row.id,
    epoch: next.epoch,
    from: at,
    span: DURATIONS.functionDelete,
  });
  return next;
}
