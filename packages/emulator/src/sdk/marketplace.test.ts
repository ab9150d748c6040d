import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Marketplacev2 } from "@scaleway/sdk-marketplace";
import { Instancev1 } from "@scaleway/sdk-instance";
import { driving } from "./driving.ts";
import { aServer } from "./instance/a-server.ts";

const { begin, everyMethodIsDriven, everyAnswerIsAsPromised } = driving(Marketplacev2.API, {
  package: "@scaleway/sdk-marketplace",
  version: "v2",
});

describe("marketplace v2, through the official SDK", () => {
  test("a label leads to the image that a type in a zone boots", async (t) => {
    const { api: marketplace, use } = await begin(t);
    const { localImages } = await marketplace.listLocalImages({
      imageLabel: "ubuntu_jammy",
      zone: "fr-par-1",
      type: "instance_sbs",
      orderBy: "type_asc",
    });
    const local = localImages.find((one) => one.compatibleCommercialTypes.includes("DEV1-S"));
    assert.ok(local);
    assert.deepEqual(
      [local.label, local.zone, local.arch, local.type],
      ["ubuntu_jammy", "fr-par-1", "x86_64", "instance_sbs"],
    );
    const read = await marketplace.getLocalImage({ localImageId: local.id });
    assert.deepEqual(
      [read.label, read.zone, read.arch, read.type],
      ["ubuntu_jammy", "fr-par-1", "x86_64", "instance_sbs"],
    );
    const server = await aServer(use(Instancev1.API), { image: local.id });
    assert.equal(server.image?.id, local.id);
    await assert.rejects(marketplace.listLocalImages({ imageLabel: "beos" }), {
      name: "ResourceNotFoundError",
      resource: "MarketplaceImage",
      resourceId: "beos",
    });
  });

  test("images come in pages, with their local images", async (t) => {
    const { api: marketplace } = await begin(t);
    const { totalCount, images } = await marketplace.listImages({ includeEol: false, pageSize: 5 });
    assert.equal(images.length, 5);
    const all = await marketplace.listImages({ includeEol: false, pageSize: 5 }).all();
    assert.equal(all.length, totalCount);
    const jammy = all.find(({ label }) => label === "ubuntu_jammy");
    assert.ok(jammy?.createdAt instanceof Date);
    assert.deepEqual(await marketplace.getImage({ imageId: jammy.id }), jammy);
    const local = await marketplace.listLocalImages({ imageId: jammy.id, pageSize: 4 }).all();
    assert.ok(local.length > 4 && local.every(({ label }) => label === "ubuntu_jammy"));
  });

  test("an image has versions", async (t) => {
    const { api: marketplace } = await begin(t);
    const { images } = await marketplace.listImages({ includeEol: false, pageSize: 1 });
    const imageId = images[0]?.id ?? "";
    const [version] = await marketplace.listVersions({ imageId }).all();
    assert.ok(version?.publishedAt instanceof Date);
    assert.deepEqual(await marketplace.getVersion({ versionId: version.id }), version);
    const local = await marketplace.listLocalImages({ versionId: version.id });
    assert.ok(local.totalCount > 0);
  });

  test("images are sorted into categories", async (t) => {
    const { api: marketplace } = await begin(t);
    const categories = await marketplace.listCategories().all();
    const [first] = categories;
    assert.ok(first);
    assert.deepEqual(await marketplace.getCategory({ categoryId: first.id }), first);
    const { images } = await marketplace.listImages({ includeEol: false });
    const names = new Set(categories.map(({ name }) => name));
    assert.ok(images.every((image) => image.categories.every((category) => names.has(category))));
  });

  everyMethodIsDriven({});
  everyAnswerIsAsPromised();
});
