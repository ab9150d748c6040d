import { notFound } from "../../../http/refusal.ts";
import { json, noContent } from "../../../http/route.ts";
import type { Answer, Call, Route } from "../../../http/route.ts";
import { servers } from "../rows.ts";
import { SERVERS, serverOf } from "./server-routes.ts";
import { TEMPLATES, templateOf } from "./template-routes.ts";
import { templates } from "./template-rows.ts";
import { tokenPage } from "./token-page.ts";
import { base64, contentOf, plainText } from "./user-data-content.ts";

type UserData = Readonly<Record<string, string>>;

/** Whose user data it is. */
interface Holder {
  path: string;
  /** In the names of the operations. */
  prefix: "" | "Template";
  cloudInit: "ServerCloudInit" | "TemplateCloudInit";
  read(call: Call): UserData;
  /** Contents in base64, of which undefined ones go. */
  write(call: Call, content: string | undefined): void;
}

const SERVER: Holder = {
  path: SERVERS,
  prefix: "",
  cloudInit: "ServerCloudInit",
  read: (call) =>
    Object.fromEntries(Object.entries(serverOf(call).userData).map(([key, plain]) => [key, base64(plain)])),
  write(call, content) {
    const row = serverOf(call);
    const userData = changed(
      row.userData,
      keyOf(call),
      content === undefined ? undefined : plainText(content),
    );
    servers(call.world).put({ ...row, userData }, call.now);
  },
};

const TEMPLATE: Holder = {
  path: TEMPLATES,
  prefix: "Template",
  cloudInit: "TemplateCloudInit",
  read: (call) => templateOf(call).userData,
  write(call, content) {
    const row = templateOf(call);
    const userData = changed(row.userData, keyOf(call), content);
    templates(call.world).put({ ...row, userData, modifiedAt: call.now }, call.now);
  },
};

/** Base64 by key; cloud-init is a key with operations of its own. */
export function userDataRoutes(): Route[] {
  return [SERVER, TEMPLATE].flatMap((holder) => {
    const { prefix, cloudInit } = holder;
    const path = `${holder.path}/{id}/user-data`;
    const get = (call: Call): Answer => json(200, { key: keyOf(call), content: contentIn(holder, call) });
    const set = (call: Call): Answer => {
      holder.read(call);
      holder.write(call, contentOf(call.body()));
      return noContent();
    };
    return [
      {
        operation: `list${prefix}UserDataKeys`,
        method: "GET",
        path,
        handle: (call) =>
          tokenPage(call, { key: "keys", rows: Object.keys(holder.read(call)).sort(), view: (key) => key }),
      },
      { operation: `get${prefix}UserData`, method: "GET", path: `${path}/{key}`, handle: get },
      { operation: `set${prefix}UserData`, method: "PUT", path: `${path}/{key}`, handle: set },
      {
        operation: `delete${prefix}UserData`,
        method: "DELETE",
        path: `${path}/{key}`,
        handle(call) {
          contentIn(holder, call);
          holder.write(call, undefined);
          return noContent();
        },
      },
      { operation: `get${cloudInit}`, method: "GET", path: `${path}/cloud-init`, handle: get },
      { operation: `set${cloudInit}`, method: "PUT", path: `${path}/cloud-init`, handle: set },
    ] satisfies Route[];
  });
}

function contentIn(holder: Holder, call: Call): string {
  const content = holder.read(call)[keyOf(call)];
  if (content === undefined) throw notFound("instance_user_data", keyOf(call));
  return content;
}

function changed(before: UserData, key: string, value: string | undefined): UserData {
  const { [key]: _, ...others } = before;
  return value === undefined ? others : { ...others, [key]: value };
}

function keyOf(call: Call): string {
  return call.params.key ?? "cloud-init";
}
