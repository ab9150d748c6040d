import { required, text, texts } from "../http/body.ts";
import type { Call } from "../http/route.ts";
import type { Row } from "../table.ts";
import { placeOf } from "./listed.ts";

interface NamedRow extends Row {
  readonly modifiedAt: number;
}

/** A new row with the name and tags that the request gives it. */
export function newNamedRow(call: Call): NamedRow {
  const { world, now } = call;
  const body = call.body();
  return {
    id: world.random.uuid(),
    name: required(body, "name"),
    zone: placeOf(call),
    tags: texts(body, "tags") ?? [],
    createdAt: now,
    modifiedAt: now,
  };
}

/** The row with the name and tags that the request gives it; what is absent stays. */
export function renamed<R extends NamedRow>(call: Call, row: R): R {
  const body = call.body();
  return {
    ...row,
    name: text(body, "name") ?? row.name,
    tags: texts(body, "tags") ?? row.tags,
    modifiedAt: call.now,
  };
}
