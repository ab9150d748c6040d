import assert from "node:assert/strict";
import { test } from "node:test";
import { get, httpDoors, post, statusOf, TOKEN } from "../testing/http-doors.ts";
import { rawHttp } from "../testing/raw-http.ts";

const doors = await httpDoors();

// A page in a browser says where it comes from, or has its own name pointed at us.
for (const host of [
  "evil.example",
  "localhost.evil.example",
  "127.0.0.1.nip.io",
  "localhost@evil.example",
  "evil.example#localhost",

  "localhost:80:80",
  "localhost, evil.example",
  "0.0.0.0",
  "[::1].evil.example",
  "127.1",
  "2130706433",
  "",
])
  test(`asked as "${host}", the port answers nobody`, async () => {
    const answer = await rawHttp(doors.tcp, get("/v1/instances").replace("Host: localhost", `Host: ${host}`));
    assert.ok([400, 403].includes(statusOf(answer)), answer);
    assert.deepEqual(doors.commands.asked, []);
  });

for (const origin of [
  "http://evil.example",
  "http://localhost.evil.example",
  "https://localhost",
  "http://localhost:3000",
  "null",
  "http://localhost@evil.example",
  "file://",
  "chrome-extension://x",
  "",
])
  test(`a page of "${origin}" changes nothing`, async () => {
    const answer = await rawHttp(doors.tcp, post("/v1/instances", "{}", `Origin: ${origin}\r\n`));
    assert.equal(statusOf(answer), 403, answer);
    assert.deepEqual(doors.commands.asked, []);
  });

for (const [what, header] of [
  ["no token", ""],
  ["a wrong token", "Authorization: Bearer wrong\r\n"],
  ["the beginning of the token", "Authorization: Bearer righ\r\n"],
  ["the token and more", "Authorization: Bearer rightright\r\n"],
  ["the token in another scheme", "Authorization: Basic right\r\n"],
  ["an empty token", "Authorization: Bearer \r\n"],
  ["two answers to the question", "Authorization: Bearer wrong\r\nAuthorization: Bearer right\r\n"],
] as const)
  test(`with ${what} the port answers nobody, not even that somebody is here`, async () => {
    for (const request of [
      get("/v1/health"),
      get("/v1/instances?token=right"),
      post("/v1/instances", "{}"),
    ]) {
      const answer = await rawHttp(doors.tcp, request.replace(`Authorization: Bearer ${TOKEN}\r\n`, header));
      assert.equal(statusOf(answer), 401, answer);
      assert.doesNotMatch(answer, new RegExp(`pid|${TOKEN}`));
    }
    assert.deepEqual(doors.commands.asked, []);
  });
