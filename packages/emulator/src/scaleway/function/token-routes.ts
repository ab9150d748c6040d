import { required, text } from "../../http/body.ts";
import { bodyPage } from "../../http/page.ts";
import { invalidArgument } from "../../http/refusal.ts";
import { json } from "../../http/route.ts";
import type { Answer, Call, Route } from "../../http/route.ts";
import { zuluDate } from "../dates.ts";
import { listed, placeOf, when } from "../listed.ts";
import { foundThing } from "./found-thing.ts";
import { foundFunction } from "./function-routes.ts";
import { begin, end } from "./function-states.ts";
import { foundNamespace } from "./namespace-routes.ts";
import { tokens, tokensOf } from "./rows.ts";
import type { TokenRow } from "./rows.ts";

const TOKENS = "/functions/v1beta1/regions/{region}/tokens";
/** Opens nothing. */
const TOKEN = "emulated.function.token";
const PUBLIC_KEY = "-----BEGIN PUBLIC KEY-----\n-----END PUBLIC KEY-----\n";

/** What private functions are called with. */
export function tokenRoutes(): Route[] {
  const path = `${TOKENS}/{id}`;
  return [
    { operation: "listFunctionTokens", method: "GET", path: TOKENS, handle: listTokens },
    { operation: "createFunctionToken", method: "POST", path: TOKENS, handle: createToken },
    { operation: "getFunctionToken", method: "GET", path, handle: (call) => json(200, view(tokenOf(call))) },
    {
      operation: "deleteFunctionToken",
      method: "DELETE",
      path,
      handle: (call) => json(200, view(end(call.world, "functionToken", tokenOf(call), call.now))),
    },
  ];
}

function tokenOf(call: Call): TokenRow {
  return foundThing(call, tokens(call.world), "Token");
}

function listTokens(call: Call): Answer {
  const { query, world } = call;
  const isOf = (wanted: string, row: TokenRow): boolean => tokensOf(row).includes(wanted);
  const rows = listed(call, tokens(world), [
    when(query, "function_id", isOf),
    when(query, "namespace_id", isOf),
  ]);
  return bodyPage(call, { key: "tokens", rows, order: query.get("order_by") ?? "created_at_asc", view });
}

function createToken(call: Call): Answer {
  const { world, now } = call;
  const body = call.body();
  const ofFunction = text(body, "function_id");
  const of = ofFunction
    ? { function_id: foundFunction(call, ofFunction).id }
    : { namespace_id: foundNamespace(call, required(body, "namespace_id")).id };
  const until = text(body, "expires_at");
  const expiresAt = until === undefined ? null : Date.parse(until);
  if (Number.isNaN(expiresAt)) throw invalidArgument("expires_at", "format", "must be a date");
  const row: TokenRow = {
    id: world.random.uuid(),
    name: "",
    zone: placeOf(call),
    tags: [],
    createdAt: now,
    modifiedAt: now,
    of,
    description: text(body, "description") ?? "",
    expiresAt,
    status: "creating",
    epoch: 0,
  };
  return json(200, { ...view(begin(world, "functionToken", row, now)), public_key: PUBLIC_KEY });
}

/** Its public key is shown once. */
function view(row: TokenRow): Record<string, unknown> {
  return {
    id: row.id,
    token: TOKEN,
    ...row.of,
    public_key: "",
    status: row.status,
    description: row.description,
    expires_at: row.expiresAt === null ? null : zuluDate(row.expiresAt),
  };
}
