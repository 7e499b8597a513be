import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import { messageIds } from "../src/msgids";
import { setWords, t } from "../src/words";
import { ActiveClock } from "../src/workbench/clock";
import { readableOn } from "../src/workbench/colors";
import { Drafts, REST_MS } from "../src/workbench/drafts";
import { Pictures } from "../src/workbench/media";
import { type Channel, TabGuard } from "../src/workbench/tabs";
import { task } from "./cast";

describe("active time", () => {
  function clock() {
    let now = 0;
    const made = new ActiveClock(() => now);
    made.start();
    const later = (seconds: number) => {
      now += seconds * 1000;
      return made;
    };
    return { made, later };
  }

  test("counts at most 30 seconds of a pause", () => {
    const { later } = clock();
    later(10).touch();
    expect(later(300).read()).toBe(40_000);
  });

  test("stands still while the page is out of sight", () => {
    const { later } = clock();
    later(5).pause();
    later(20).touch();
    expect(later(3).read()).toBe(8_000);
  });

  test("starts anew with each item", () => {
    const { later } = clock();
    later(9).start();
    expect(later(2).read()).toBe(2_000);
  });
});

describe("two tabs", () => {
  /** Channels that hear each other at once. */
  function air(): () => Channel {
    const all: Channel[] = [];
    return () => {
      const channel: Channel = {
        onmessage: null,
        postMessage: (data) => {
          for (const each of all) if (each !== channel) each.onmessage?.({ data });
        },
      };
      all.push(channel);
      return channel;
    };
  }

  test("the second one waits, and takes the place when its person says so", async () => {
    const channel = air();
    const [first, second] = [new TabGuard(channel(), "1"), new TabGuard(channel(), "2")];
    await first.ask(() => Promise.resolve());
    await second.ask(() => Promise.resolve());
    expect([first.state.value, second.state.value]).toEqual(["here", "elsewhere"]);
    second.takeOver();
    expect([first.state.value, second.state.value]).toEqual(["elsewhere", "here"]);
  });
});

describe("drafts", () => {
  test("go to the server once the hand rests, with the last answers only", () => {
    vi.useFakeTimers();
    const sent: unknown[] = [];
    const store = { getDraft: async () => undefined, putDraft: async () => {}, removeDraft: async () => {} };
    const send = async (_: unknown, answers: unknown) => sent.push(answers);
    const drafts = new Drafts({ owner: "1:1", store, send, onRefused: () => {} });
    drafts.save(task(1), { a: 1 });
    vi.advanceTimersByTime(REST_MS - 1);
    drafts.save(task(1), { a: 2 });
    vi.advanceTimersByTime(REST_MS - 1);
    expect(sent).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(sent).toEqual([{ a: 2 }]);
    vi.useRealTimers();
  });
});

describe("pictures", () => {
  test("are let go when nobody needs them, also when they arrive late", async () => {
    const closed: string[] = [];
    const arrivals = new Map<string, () => void>();
    const pictures = new Pictures(
      (url) => new Promise((resolve) => arrivals.set(url, () => resolve({ close: () => closed.push(url) } as never))),
    );
    pictures.keep(new Set(["a", "b"]));
    arrivals.get("a")?.();
    await vi.waitFor(() => expect(pictures.find("a")?.picture).not.toBeNull());
    pictures.keep(new Set());
    arrivals.get("b")?.();
    await vi.waitFor(() => expect(closed).toEqual(["a", "b"]));
  });
});

describe("words", () => {
  const source = join(import.meta.dirname, "../src");
  const files = readdirSync(source, { recursive: true, encoding: "utf8" }).filter((name) => /\.tsx?$/.test(name));
  const texts = files.map((name) => readFileSync(join(source, name), "utf8"));

  test("are all said by a plain sentence that can be found", () => {
    const odd = texts.flatMap((text) => [...text.matchAll(/(?<![\w.])t\((?!\s*["])[^)]*\)/g)].map(([call]) => call));
    expect(odd.filter((call) => !call.startsWith("t(msgid"))).toEqual([]);
    expect(messageIds(texts)).toContain("Submit and next");
  });

  test("fill their places, and fall back to English", () => {
    setWords("zh-Hans", { "{n} waiting": "待发送 {n}" });
    expect(t("{n} waiting", { n: 2 })).toBe("待发送 2");
    expect(t("{n} refused", { n: 1 })).toBe("1 refused");
    setWords("en", {});
  });

  test("on a colour are black or white, whichever reads better", () => {
    expect([readableOn("#0072b2"), readableOn("#e69f00"), readableOn("#56b4e9")]).toEqual([
      "#fff",
      "#14161a",
      "#14161a",
    ]);
  });
});
