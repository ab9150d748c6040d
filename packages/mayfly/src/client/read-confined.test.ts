import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { readConfined } from "./read-confined.ts";

function aFolder(t: { after(clean: () => void): void }) {
  const above = mkdtempSync(join(tmpdir(), "mayfly-confined-"));
  t.after(() => rmSync(above, { recursive: true }));
  const folder = join(above, "files");
  mkdirSync(join(folder, "sub"), { recursive: true });
  writeFileSync(join(above, "secret"), "secret");
  const read = (file: string) => readConfined(folder, file, { path: "CloudInitFile", mostBytes: 100 });
  const message = (file: string) => {
    const found = read(file);
    assert.ok(typeof found === "object", `${file} was read: ${String(found)}`);
    return found.message;
  };
  return { above, folder, read, message };
}

test("a file in the folder is read as it is, by a relative name, an absolute one, or a link that stays inside", (t) => {
  const { folder, read } = aFolder(t);
  const text = "#cloud-config\n{{ .User }} $(id) ${HOME} `id`\n";
  writeFileSync(join(folder, "sub", "a.yml"), text);
  symlinkSync("sub/a.yml", join(folder, "link.yml"));
  for (const name of ["sub/a.yml", "./sub/a.yml", join(folder, "sub/a.yml"), "link.yml"])
    assert.equal(read(name), text, name);
});

test("nothing leads out of the folder: no dots, no absolute name, no link to a file or through a folder", (t) => {
  const { above, folder, message } = aFolder(t);
  symlinkSync("../secret", join(folder, "link"));
  symlinkSync(above, join(folder, "up"));
  symlinkSync(join(above, "files2"), join(folder, "beside"));
  mkdirSync(join(above, "files2"));
  writeFileSync(join(above, "files2", "x"), "secret");
  for (const name of [
    "../secret",
    "sub/../../secret",
    "/etc/passwd",
    join(above, "secret"),
    "link",
    "up/secret",
    "beside/x",
    "..",
    "a\0b",
    ".",
  ])
    assert.match(message(name), /leads out of the folder/, name);
});

test("what is absent, no file, too large or no text is told, and nothing of it", (t) => {
  const { folder, message } = aFolder(t);
  writeFileSync(join(folder, "large"), "x".repeat(101));
  writeFileSync(join(folder, "bytes"), Buffer.from([0xff, 0xfe]));
  symlinkSync("circle", join(folder, "circle"));
  assert.match(message("absent"), /read absent: there is no such file/);
  assert.match(message("large/x"), /there is no such file/);
  assert.match(message("sub"), /sub is not a file/);
  assert.match(message("large"), /more than the 100 bytes/);
  assert.match(message("bytes"), /not UTF-8/);
  assert.match(message("circle"), /leads in a circle/);
  assert.match(message("x".repeat(300)), /too long/);
});
