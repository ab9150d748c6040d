import { bodyPage } from "../../http/page.ts";
import { notFound } from "../../http/refusal.ts";
import { json } from "../../http/route.ts";
import type { Route } from "../../http/route.ts";
import { uuidOf } from "../seed/images.ts";
import type { Category } from "./labels.ts";

const CATEGORIES: readonly { name: Category; description: string }[] = [
  { name: "distribution", description: "Distributions" },
  { name: "instantapp", description: "InstantApps" },
  { name: "Machine Learning", description: "Machine Learning" },
];

/** What sorts of images there are. */
export function categoryRoutes(): Route[] {
  const path = "/marketplace/v2/categories";
  return [
    {
      operation: "listCategories",
      method: "GET",
      path,
      open: true,
      handle: (call) => bodyPage(call, { key: "categories", rows: [...CATEGORIES], view: viewCategory }),
    },
    {
      operation: "getCategory",
      method: "GET",
      path: `${path}/{id}`,
      open: true,
      handle(call) {
        const { id = "" } = call.params;
        const category = CATEGORIES.find(({ name }) => idOf(name) === id);
        if (!category) throw notFound("MarketplaceCategory", id);
        return json(200, viewCategory(category));
      },
    },
  ];
}

function idOf(name: Category): string {
  return uuidOf(`category/${name}`);
}

function viewCategory({ name, description }: (typeof CATEGORIES)[number]): Record<string, unknown> {
  return { id: idOf(name), name, description };
}
