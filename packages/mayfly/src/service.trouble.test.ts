import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import {
  constants,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { suite, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import type { InstanceView } from "./api/instance-view.ts";
import { askUntilAnswered } from "./testing/ask-until-answered.ts";
import { eventually } from "./testing/eventually.ts";
import { processScene } from "./testing/process-scene.ts";
import { mountSmallDisk } from "./testing/small-disk.ts";
import { BOUND_MS, endOf, playTrouble } from "./testing/trouble-stage.ts";
import { notTried } from "./testing/not-tried.ts";

const HOUR_MS = 3_600_000;
const timeout = 300_000;
/** Its catalogue was not asked for yet: to accept it, the cloud has to answer. */
const UNKNOWN_YET = { type: "DEV1-M", image: "debian_bookworm" };

// They wait for the most part, for deadlines above all.
suite("while a trouble lasts nothing ends early, and after it nothing is left", { concurrency: true }, () => {
  test("a database that cannot grow", { timeout }, (t) =>
    playTrouble(t, {
      begin: ({ service }) => service().trouble({ full: true }),
      meanwhile: ({ refuses }) =>
        refuses({ userData: "x".repeat(100_000) }, /is full; nothing was done: look to the disk/),
      end: ({ service }) => service().trouble({ full: false }),
    }),
  );

  test("a full disk, on which the log is too", { timeout }, (t) => {
    const disk = mountSmallDisk(4_096);
    if (typeof disk === "string") return t.skip(notTried(`no disk can be mounted here: ${disk}`));
    t.after(disk.remove);
    const log = join(disk.path, "service.log");
    const written = () => readFileSync(log, "utf8");
    return playTrouble(t, {
      home: () => disk.path,
      logTo: () => openSync(log, "a"),
      async begin({ keepHalfMade }) {
        await keepHalfMade();
        disk.fill();
        fillUp(openSync(log, "a"));
      },
      async meanwhile({ refuses, doctorSays }) {
        await refuses({ userData: "x".repeat(100_000) }, /is full; nothing was done: look to the disk/);
        await doctorSays("store", /is full/);
      },
      async end() {
        assert.doesNotMatch(written(), /is full/);
        disk.empty();
        await eventually(() => assert.match(written(), /it will be tried again/), { boundMs: BOUND_MS });
        assert.match(written(), /is full/);
      },
    });
  });

  test("a log whose reader has stopped reading", { timeout }, (t) =>
    playTrouble(t, {
      home: folderIn,
      // Its parent holds both ends: nobody will ever read, and a write waits for ever.
      logTo() {
        const path = join(mkdtempSync(join(tmpdir(), "mayfly-pipe-")), "log");
        t.after(() => rmSync(dirname(path), { recursive: true }));
        execFileSync("mkfifo", [path]);
        fillUp(openSync(path, constants.O_RDWR | constants.O_NONBLOCK));
        return openSync(path, "r+");
      },
      begin: () => undefined,
    }),
  );

  test("a full disk on which a service is to start: it says so, and what to do", { timeout }, async (t) => {
    const disk = mountSmallDisk(64);
    if (typeof disk === "string") return t.skip(notTried(`no disk can be mounted here: ${disk}`));
    t.after(disk.remove);
    disk.fill();
    const scene = processScene(t);
    const { env } = await scene.startCloud();
    const service = await scene.startService({ home: disk.path, env });
    assert.deepEqual(await service.ended, { code: 1, signal: null });
    assert.match(service.err(), /"detail":"[^"]*full".*"suggestion":"look to the disk/);
  });

  test("a database that another process keeps locked", { timeout }, (t) => {
    let other: DatabaseSync;
    return playTrouble(t, {
      async begin({ home, keepHalfMade }) {
        await keepHalfMade();
        other = new DatabaseSync(join(home, "mayfly.db"));
        other.exec("BEGIN IMMEDIATE");
      },
      async meanwhile({ refuses, doctorSays, logSays }) {
        await refuses({}, /is locked; nothing was done: .* who else has mayfly.db open/);
        await doctorSays("store", /is locked/);
        await logSays(/it will be tried again/);
      },
      end: () => other.close(),
    });
  });

  test("a database that cannot be written to", { timeout }, (t) => {
    let undo: (() => void) | undefined;
    t.after(() => undo?.());
    return playTrouble(t, {
      async begin({ home, service, keepHalfMade }) {
        await keepHalfMade();
        const files = ["mayfly.db", "mayfly.db-wal"].map((file) => join(home, file));
        undo = frozen(files);
        if (undo) return;
        t.diagnostic("files cannot be made immutable here: SQLite is told not to write instead");
        await service().trouble({ readOnly: true });
      },
      async meanwhile({ refuses, doctorSays, logSays }) {
        await refuses({}, /(readonly|I\/O error); nothing was done: look to the disk/);
        await doctorSays("store", /readonly|I\/O error/);
        await logSays(/it will be tried again/);
      },
      async end({ service }) {
        undo?.();
        undo = undefined;
        await service().trouble({ readOnly: false });
      },
    });
  });

  test("a home that was moved away, and comes back", { timeout }, (t) =>
    playTrouble(t, {
      home: folderIn,
      begin: ({ home }) => renameSync(home, `${home}-moved`),
      meanwhile: ({ logSays }) => logSays(/the home was moved away.*move it back/),
      end: ({ home }) => renameSync(`${home}-moved`, home),
    }),
  );

  test("a home that was deleted: it is there again, and outlives the process", { timeout }, (t) =>
    playTrouble(t, {
      home: folderIn,
      begin: ({ home }) => rmSync(home, { recursive: true }),
      async meanwhile({ service, start, logSays }) {
        await logSays(/the database was deleted.*it is there again/);
        await service().answers();
        await service().kill();
        await start();
      },
    }),
  );

  test("a disk that is slow", { timeout }, (t) =>
    playTrouble(t, {
      begin: ({ service }) => service().trouble({ commitMs: 250 }),
      meanwhile: ({ due, gate }) =>
        eventually(() => due.forEach((one) => assert.ok(endOf(gate, one), `${one.name} goes on`)), {
          boundMs: BOUND_MS,
        }),
      end: ({ service }) => service().trouble({ commitMs: 0 }),
    }),
  );

  test("a cloud that refuses connections", { timeout }, (t) =>
    playTrouble(t, {
      begin: ({ gate }) => gate.set("refuse"),
      async meanwhile({ refuses, doctorSays, logSays }) {
        await refuses(UNKNOWN_YET, /ECONNREFUSED.*; nothing was done/);
        await doctorSays("cloud of default", /has not answered for .*ECONNREFUSED/);
        await logSays(/ECONNREFUSED/);
      },
      end: ({ gate }) => gate.set("open"),
    }),
  );

  test("a cloud that accepts connections and never answers", { timeout }, (t) => {
    let asked: Promise<InstanceView>;
    return playTrouble(t, {
      async begin({ gate, keep }) {
        await gate.set("hang");
        asked = askUntilAnswered(() => keep("patient", UNKNOWN_YET), t.signal);
        asked.catch(() => undefined);
      },
      meanwhile: ({ doctorSays }) => doctorSays("cloud of default", /has not answered for/),
      async end({ gate }) {
        const openedAt = Date.now();
        await gate.set("open");
        // Who waited that long has the whole lifetime before him.
        const { expiresAt } = await asked;
        assert.ok(Date.parse(expiresAt) >= openedAt + 2 * HOUR_MS);
      },
    });
  });

  test("a cloud that does what it is asked, and whose answers are lost", { timeout }, (t) =>
    playTrouble(t, {
      async begin({ gate, keep }) {
        await gate.set("swallow");
        // Its machine is made, and nobody hears of it.
        await keep("unheard-of");
      },
      meanwhile: ({ doctorSays }) => doctorSays("cloud of default", /has not answered for/),
      end: ({ gate }) => gate.set("open"),
    }),
  );

  test("a wall clock that is an hour ahead when the service starts", { timeout }, (t) =>
    playTrouble(t, {
      async begin({ service, start }) {
        await service().kill();
        await start({ clockAheadMs: HOUR_MS });
      },
      async meanwhile({ doctorSays, logSays }) {
        await doctorSays("clock", /s ahead of the cloud's/);
        await logSays(/the cloud's clock differs by -3\d{3} s: the earlier time decides/);
      },
    }),
  );

  test("a wall clock that is an hour behind when the service starts", { timeout }, (t) =>
    playTrouble(t, {
      async begin({ service, start }) {
        await service().kill();
        await start({ clockAheadMs: -HOUR_MS });
      },
      async meanwhile({ doctorSays, logSays }) {
        await doctorSays("clock", /s behind the cloud's/);
        await logSays(/the cloud's clock differs by 3\d{3} s: the earlier time decides/);
      },
      end: ({ service }) => service().trouble({ clockAheadMs: 0 }),
    }),
  );

  test("a process that is stopped for longer than its leases, and goes on", { timeout }, (t) =>
    playTrouble(t, {
      async begin({ service, keepHalfMade }) {
        await keepHalfMade();
        service().signal("SIGSTOP");
      },
      lastsMs: 30_000,
      async end({ service, logSays }) {
        service().signal("SIGCONT");
        await logSays(/this process stood still/);
      },
    }),
  );

  test("a process that is killed right before the deadlines, and started again", { timeout }, (t) =>
    playTrouble(t, {
      async begin({ due, service, start, gate }) {
        await sleep(Math.max(0, Date.parse(due[0]!.expiresAt) - 500 - Date.now()));
        await service().kill();
        const began = Date.now();
        await start();
        const answeredMs = Date.now() - began;
        await eventually(() => due.forEach((one) => assert.ok(endOf(gate, one))), { boundMs: BOUND_MS });
        const endedMs = Math.max(...due.map((one) => endOf(gate, one)!)) - began;
        t.diagnostic(
          `it answered ${answeredMs} ms after its start, and had ended what was due after ${endedMs} ms`,
        );
      },
    }),
  );
});

const folderIn = ({ home }: { home: string }) => {
  const folder = join(home, "home");
  mkdirSync(folder, { mode: 0o700 });
  return folder;
};

/** Until it takes no byte more. */
function fillUp(file: number): void {
  for (const bytes of [4_096, 1])
    try {
      for (;;) writeSync(file, "x".repeat(bytes));
    } catch (error) {
      assert.match((error as NodeJS.ErrnoException).code ?? "", /ENOSPC|EAGAIN/);
    }
}

/** Makes files immutable, also for who has them open; undefined where that is not permitted. */
function frozen(files: string[]): (() => void) | undefined {
  const change = (flag: string) => execFileSync("chattr", [flag, ...files], { stdio: "pipe" });
  try {
    change("+i");
    return () => void change("-i");
  } catch {
    return undefined;
  }
}
