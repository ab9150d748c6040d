import { texts } from "../../http/body.ts";
import { json } from "../../http/route.ts";
import type { Answer, Call, Route } from "../../http/route.ts";
import { settingsOf } from "./create-instance.ts";
import { putInstance, readyInstance } from "./found-instance.ts";
import { INSTANCES } from "./instance-routes.ts";
import { changeInstance } from "./instance-states.ts";
import type { InstanceRow, Setting } from "./rows.ts";

/** How the engine of an instance is set. */
export function settingRoutes(): Route[] {
  const path = `${INSTANCES}/{id}/settings`;
  const given = (call: Call) => settingsOf(call.body(), "settings");
  return [
    {
      operation: "setInstanceSettings",
      method: "PUT",
      path,
      handle: (call) => change(call, readyInstance(call), given(call)),
    },
    {
      operation: "addInstanceSettings",
      method: "POST",
      path,
      handle(call) {
        const row = readyInstance(call);
        const added = given(call);
        const kept = row.settings.filter(({ name }) => !added.some((one) => one.name === name));
        return change(call, row, [...kept, ...added]);
      },
    },
    {
      operation: "deleteInstanceSettings",
      method: "DELETE",
      path,
      handle(call) {
        const row = readyInstance(call);
        const names = texts(call.body(), "setting_names") ?? [];
        return change(
          call,
          row,
          row.settings.filter(({ name }) => !names.includes(name)),
        );
      },
    },
  ];
}

function change(call: Call, row: InstanceRow, settings: readonly Setting[]): Answer {
  const sorted = settings.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const next = putInstance(call, row, { settings: sorted });
  changeInstance(call.world, next, { status: "configuring" }, call.now);
  return json(200, { settings: sorted });
}
