import { changeVolumeSchemas } from "../api/change-volume.ts";
import type { ChangeVolume } from "../api/change-volume.ts";
import { resourceView } from "../api/resource-view.ts";
import { readJson } from "./read-json.ts";
import type { RouteFactory } from "./route.ts";
import { validate } from "./validate.ts";

/** `POST /v1/volumes/:ref/resize`, `…/attach`, `…/detach`: answered with the volume when the cloud has done it. */
export const changeVolume =
  <V extends keyof ChangeVolume>(verb: V): RouteFactory =>
  ({ commands }) => ({
    method: "POST",
    path: `/v1/volumes/:ref/${verb}`,
    async handle({ request, param }) {
      const wanted = validate(changeVolumeSchemas[verb], await readJson(request)) as ChangeVolume[V];
      return Response.json(resourceView(await commands.changeVolume(verb, param("ref"), wanted)));
    },
  });
