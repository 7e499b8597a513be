import { describe, expect, test, vi } from "vitest";
import { Api, NotYou, Refused, Unreachable } from "../src/workbench/api";
import { sentence } from "../src/workbench/bench";
import { ActiveClock } from "../src/workbench/clock";
import { Drafts } from "../src/workbench/drafts";
import { type Entry, type EntryStore, Outbox } from "../src/workbench/outbox";
import { BrowserStore } from "../src/workbench/store";
import { type Channel, TabGuard } from "../src/workbench/tabs";
import { type Answerer, bench, MOOD, task, until } from "./cast";

const answer = (n: number) => ({
  id: `entry-${n}`,
  task: task(n),
  answers: { mood: { kind: "choice", labels: ["pos"] } },
  clauses: [],
  activeMs: 1,
});
const refusal = (code: string) => ({ code, message: code, next: "", details: {} });

/** An outbox whose server is `send`; pauses last until `wake`. */
function outbox(send: (entry: Entry) => Promise<void>, store: EntryStore = new BrowserStore(crypto.randomUUID())) {
  const sleepers: (() => void)[] = [];
  const pauses: number[] = [];
  const refused: string[] = [];
  const box = new Outbox<void>({
    owner: "7:5",
    store,
    send,
    onDelivered: () => {},
    onRefused: ({ id }) => refused.push(id),
    pause: (ms) => {
      pauses.push(ms);
      return new Promise((resolve) => sleepers.push(resolve));
    },
  });
  const wake = () => {
    for (const rise of sleepers.splice(0)) rise();
  };
  return { box, wake, pauses, refused, sleepers };
}

/** A browser without a database: private windows of some, or a disk that is full. */
const noStore: EntryStore = {
  load: () => Promise.reject(new DOMException("no", "InvalidStateError")),
  put: () => Promise.reject(new DOMException("full", "QuotaExceededError")),
  remove: () => Promise.reject(new DOMException("no", "InvalidStateError")),
};

describe("submitted work", () => {
  test("goes out without a database, and says meanwhile that it lives only as long as the page", async () => {
    let cut = true;
    const sent: string[] = [];
    const { box, wake } = outbox(async ({ id }) => {
      if (cut) throw new Unreachable("cut");
      sent.push(id);
    }, noStore);
    await box.load();
    box.add(answer(1));
    await until(() => box.trouble.value !== null);
    expect(box.durable.value).toBe(false);
    cut = false;
    wake();
    await until(() => sent.length === 1);
    expect(box.durable.value).toBe(true);
  });

  test("is stored as soon as the disk has room again", async () => {
    let full = true;
    const kept = new Map<string, Entry>();
    const store: EntryStore = {
      load: async () => [],
      put: async (entry) => {
        if (full) throw new DOMException("full", "QuotaExceededError");
        kept.set(entry.id, entry);
      },
      remove: async (id) => void kept.delete(id),
    };
    const { box } = outbox(() => Promise.reject(new Unreachable("cut")), store);
    box.add(answer(1));
    await until(() => !box.durable.value);
    full = false;
    box.hurry();
    await until(() => box.durable.value);
    expect([...kept.keys()]).toEqual(["entry-1"]);
  });

  test("is sent although the database never answers", async () => {
    vi.useFakeTimers();
    const sent: string[] = [];
    const silent: EntryStore = {
      load: () => new Promise(() => {}),
      put: () => new Promise(() => {}),
      remove: () => new Promise(() => {}),
    };
    const { box } = outbox(async ({ id }) => void sent.push(id), silent);
    box.add(answer(1));
    await vi.advanceTimersByTimeAsync(5_000);
    expect(sent).toEqual(["entry-1"]);
    vi.useRealTimers();
  });

  test("that a fault of the server swallows does not keep the others back", async () => {
    const sent: string[] = [];
    const { box, wake, sleepers } = outbox(async ({ id }) => {
      if (id === "entry-1") throw new Refused(500, refusal("fault"));
      sent.push(id);
    });
    box.add(answer(1));
    box.add(answer(2));
    box.add(answer(3));
    while (sent.length < 2) {
      await until(() => sleepers.length > 0 || sent.length === 2);
      wake();
    }
    expect(sent).toEqual(["entry-2", "entry-3"]);
    expect(box.waiting.value.map(({ id }) => id)).toEqual(["entry-1"]);
  });

  test("of one item keeps its order, whatever becomes of the first", async () => {
    const tried: string[] = [];
    const { box, wake, sleepers } = outbox(async ({ id }) => {
      tried.push(id);
      throw new Refused(500, refusal("fault"));
    });
    box.add(answer(1));
    box.add({ ...answer(1), id: "its-correction" });
    for (let n = 0; n < 6; n += 1) {
      await until(() => sleepers.length > 0);
      wake();
    }
    expect(new Set(tried)).toEqual(new Set(["entry-1"]));
  });

  test("waits as long as a busy server asks", async () => {
    const { box, pauses } = outbox(() => Promise.reject(new Refused(429, refusal("too-many"), 45_000)));
    box.add(answer(1));
    await until(() => pauses.length === 1);
    expect(pauses).toEqual([45_000]);
  });

  test("larger than the server takes comes back with the reason, and nothing else waits for it", async () => {
    const sent: string[] = [];
    const { box, refused } = outbox(async ({ id }) => {
      if (id === "entry-1") throw new Refused(413, refusal("request-too-large"));
      sent.push(id);
    });
    box.add(answer(1));
    box.add(answer(2));
    await until(() => sent.length === 1);
    expect(refused).toEqual(["entry-1"]);
  });

  test("of another round goes out from the workbench that is opened next", async () => {
    const name = crypto.randomUUID();
    const store = new BrowserStore(name);
    const left: Entry = { ...answer(4), owner: "7:99", seq: 1, refused: null };
    await store.put(left);
    await store.put({ ...left, id: "somebody-elses", owner: "8:99" });
    const sent: [string, unknown][] = [];
    const answerer: Answerer = (path, body) => {
      if (path.endsWith("/annotations")) sent.push([path, body.id]);
      return [200, { tasks: [], annotation: { id: 1, revision: 1 } }];
    };
    const { bench: on } = bench(MOOD, answerer, name);
    await on.start();
    await until(() => on.leftovers.waiting.value.length === 0 && sent.length > 0);
    expect(sent).toEqual([["/api/v1/rounds/99/annotations", "entry-4"]]);
    expect((await store.loadAll()).map(({ id }) => id)).toEqual(["somebody-elses"]);
  });
});

describe("a draft", () => {
  test("is removed only once the answer itself is stored", async () => {
    const store = new BrowserStore(crypto.randomUUID());
    const drafts = new Drafts({ owner: "7:5", store, send: async () => {}, onRefused: () => {} });
    drafts.save(task(1), { mood: 1 });
    let stored = () => {};
    drafts.forget(task(1), new Promise((resolve) => (stored = resolve)));
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(await store.getDraft("7:5:1")).toBeDefined();
    stored();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(await store.getDraft("7:5:1")).toBeUndefined();
  });

  test("of a lease that lapsed is there again when the item comes back and the server knows nothing", async () => {
    const store = new BrowserStore(crypto.randomUUID());
    const drafts = new Drafts({ owner: "7:5", store, send: async () => {}, onRefused: () => {} });
    drafts.save(task(1), { mood: "kept" });
    const again = await drafts.restore(task(1, { lease: "another" }));
    expect(again.answers).toEqual({ mood: "kept" });
    const known = await drafts.restore(task(1, { lease: "another", answers: { mood: "the server's" } }));
    expect(known.answers).toEqual({ mood: "the server's" });
    clearTimeout((drafts as unknown as { timer: number }).timer);
  });
});

describe("the session", () => {
  const answers = (replies: Record<string, () => [number, unknown]>, log: [string, string][] = []) =>
    new Api(
      "old",
      (async (url: string, init: RequestInit) => {
        log.push([url, (init.headers as Record<string, string>)["X-CSRF-Token"] ?? ""]);
        const [status, body] = (replies[url] ?? (() => [404, {}]))();
        return new Response(JSON.stringify(body), { status });
      }) as unknown as typeof fetch,
      7,
    );
  const me = (id: number, csrf: string) => (): [number, unknown] => [200, { id, name: "Bob", csrf }];

  test("that began anew is taken up, and the answer sent once more under it", async () => {
    const log: [string, string][] = [];
    let tries = 0;
    const api = answers(
      {
        submit: () => {
          tries += 1;
          return tries === 1 ? [403, refusal("forged-request")] : [200, { ok: true }];
        },
        "/api/v1/me": me(7, "new"),
      },
      log,
    );
    expect(await api.send("POST", "submit", {})).toEqual({ ok: true });
    expect(log).toEqual([
      ["submit", "old"],
      ["/api/v1/me", "old"],
      ["submit", "new"],
    ]);
  });

  test("that began anew is taken up by all requests that were under way together", async () => {
    const api = new Api(
      "old",
      (async (url: string, init: RequestInit) => {
        const token = (init.headers as Record<string, string>)["X-CSRF-Token"];
        if (url === "/api/v1/me") return new Response(JSON.stringify({ id: 7, name: "A", csrf: "new" }));
        const [status, body] = token === "new" ? [200, { url }] : [403, refusal("forged-request")];
        return new Response(JSON.stringify(body), { status });
      }) as unknown as typeof fetch,
      7,
    );
    const both = Promise.all([api.send("POST", "lease", {}), api.send("POST", "submit", {})]);
    expect(await both).toEqual([{ url: "lease" }, { url: "submit" }]);
  });

  test("that is over is said so, and the answer waits", async () => {
    const api = answers({
      submit: () => [401, refusal("not-signed-in")],
      "/api/v1/me": () => [401, refusal("not-signed-in")],
    });
    const error = await api.send("POST", "submit", {}).catch((each: unknown) => each);
    expect(error).toBeInstanceOf(NotYou);
    expect(sentence(error)).toContain("signed out");
  });

  test("of somebody else is never written under", async () => {
    const log: [string, string][] = [];
    const api = answers({ submit: () => [403, refusal("forged-request")], "/api/v1/me": me(8, "bobs") }, log);
    const error = await api.send("POST", "submit", {}).catch((each: unknown) => each);
    expect(sentence(error)).toContain("Bob is signed in here now");
    expect(log.filter(([url]) => url === "submit")).toHaveLength(1);
  });

  test("a token that is really wrong stays a refusal", async () => {
    const api = answers({ submit: () => [403, refusal("forged-request")], "/api/v1/me": me(7, "old") });
    await expect(api.send("POST", "submit", {})).rejects.toBeInstanceOf(Refused);
  });
});

describe("answers that are none", () => {
  test("a proxy's page has its status for a sentence", async () => {
    const api = new Api("", (async () => new Response("<html>", { status: 413 })) as unknown as typeof fetch);
    await expect(api.send("POST", "submit", {})).rejects.toThrow("larger than the server takes");
  });

  test("a page of somebody else's network is no acknowledgement", async () => {
    const api = new Api("", (async () => new Response("<html>Welcome", { status: 200 })) as unknown as typeof fetch);
    await expect(api.send("POST", "submit", {})).rejects.toBeInstanceOf(Unreachable);
  });
});

describe("an empty hand", () => {
  test("is filled by itself once the server is back", async () => {
    let away = true;
    const { bench: on, wake } = bench(MOOD, (path) => {
      if (away) return "no network";
      return [200, { tasks: path === "lease" ? [task(1)] : [] }];
    });
    await on.start();
    expect(on.queue.state.value).toBe("trouble");
    away = false;
    wake();
    await until(() => on.session.task.value !== null);
  });
});

describe("tabs", () => {
  const pair = (names: [string, string]) => {
    const channels: Channel[] = names.map(() => ({ postMessage: () => {}, onmessage: null }));
    channels.forEach((channel, at) => {
      channel.postMessage = (data) =>
        channels.forEach((other, to) => {
          if (to !== at) other.onmessage?.({ data });
        });
    });
    return names.map((name, at) => new TabGuard(channels[at] as Channel, name)) as [TabGuard, TabGuard];
  };

  test("that are opened at the same moment agree on one", async () => {
    for (const names of [
      ["a", "b"],
      ["b", "a"],
    ] as [string, string][]) {
      const [first, second] = pair(names);
      await Promise.all([first.ask(async () => {}), second.ask(async () => {})]);
      expect([first.state.value, second.state.value].sort()).toEqual(["elsewhere", "here"]);
    }
  });

  test("a tab too fast asleep to answer rests when it wakes", async () => {
    const [first, second] = pair(["a", "b"]);
    await first.ask(async () => {});
    const asleep = (first as unknown as { hear: unknown }).hear;
    (first as unknown as { hear: () => void }).hear = () => {};
    const opened = second.ask(async () => {
      (first as unknown as { hear: unknown }).hear = asleep;
    });
    await opened;
    expect([first.state.value, second.state.value]).toEqual(["elsewhere", "here"]);
  });

  test("the one that takes over asks anew for what the other had in hand", async () => {
    let given = 0;
    const { bench: on } = bench(MOOD, (path) => {
      if (path === "lease") given += 1;
      return [200, { tasks: path === "lease" ? [task(given)] : [] }];
    });
    await on.start();
    expect(on.session.task.value?.slot).toBe(1);
    on.rest();
    await on.resume();
    expect(on.session.task.value?.slot).toBe(2);
  });
});

test("a clock that is set back takes no active time away", () => {
  let now = 100_000;
  const clock = new ActiveClock(() => now);
  clock.start();
  now += 5_000;
  clock.touch();
  now -= 3_600_000;
  clock.touch();
  now += 1_000;
  expect(clock.read()).toBe(6_000);
});
