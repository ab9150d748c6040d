import assert from "node:assert/strict";
import { test } from "node:test";
import { systemClock } from "../clock.ts";
import { probeFor } from "./probe-for.ts";

for (const endpoint of ["http://127.0.0.1:8080", "http://localhost:1", "http://[::1]:8080/x"])
  test(`machines of a cloud at ${endpoint} are not knocked at`, () =>
    assert.equal(probeFor(endpoint, systemClock), undefined));

for (const endpoint of ["https://api.scaleway.com", "https://127.0.0.1.example", "https://localhost.example"])
  test(`machines of a cloud at ${endpoint} can be asked`, () => assert.ok(probeFor(endpoint, systemClock)));
