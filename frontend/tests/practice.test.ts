/** Practice: an answer waits for its mark in the hand, the same key goes on, and what is in hand is not asked again. */
import "fake-indexeddb/auto";
import { expect, test, vi } from "vitest";
import { type Mark, Practice } from "../src/practice/practice";
import { Api } from "../src/workbench/api";
import { Pictures } from "../src/workbench/media";
import { Settings } from "../src/workbench/settings";
import { BrowserStore } from "../src/workbench/store";
import { boot, MOOD, task } from "./cast";

const WRONG: Mark = {
  score: 0,
  verdict: "wrong",
  right: { mood: { kind: "choice", labels: ["neg"] } },
  clause: null,
  polarity: "boundary",
  note: { en: "Irony." },
  labels: { neg: 0 },
  again: true,
  back_at: "2030-01-02T00:00:00Z",
};

interface Sent {
  readonly url: string;
  readonly body: { readonly slot?: number; readonly holding?: number[]; readonly next?: { holding: number[] } };
}

function practising(most: number | null = null) {
  const sent: Sent[] = [];
  let now = 1_000_000;
  const fetcher = (async (url: string, init: RequestInit) => {
    const body = typeof init.body === "string" ? JSON.parse(init.body) : {};
    sent.push({ url, body });
    const held: number[] = (body.next ?? body).holding ?? [];
    const tasks = [1, 2].filter((slot) => !held.includes(slot)).map((slot) => task(slot, { lease: "practice" }));
    const answered = { annotation: { id: 9, revision: 1 }, mark: WRONG };
    return new Response(JSON.stringify({ ...(body.slot && answered), tasks, left: tasks.length }), { status: 200 });
  }) as unknown as typeof fetch;
  const urls = { ...boot(MOOD).urls, lease: "next", submit: "answers" };
  const bench = new Practice({
    boot: { ...boot(MOOD), urls, mode: "practice", only: { labels: ["neg"] }, most },
    api: new Api("token", fetcher),
    store: new BrowserStore(crypto.randomUUID()),
    settings: new Settings(null),
    pictures: new Pictures(() => Promise.reject(new Error("no pictures here"))),
    pause: () => new Promise(() => {}),
    now: () => now,
  });
  const later = (ms: number) => {
    now += ms;
  };
  return { bench, sent, later };
}

async function answer(bench: Practice, label: string) {
  bench.press(MOOD.fields[0] as never, label);
  bench.submit();
  await vi.waitFor(() => expect(bench.marked.value).not.toBeNull());
}

test("an answer stays in the hand with its mark until the key is pressed again, and cannot be changed meanwhile", async () => {
  const { bench, later } = practising();
  await bench.start();
  expect(bench.session.task.value?.slot).toBe(1);
  await answer(bench, "pos");
  expect(bench.session.task.value?.slot).toBe(1);
  expect(bench.others.value.map((other) => other.parts.answers)).toEqual([WRONG.right]);
  bench.press(MOOD.fields[0] as never, "neg");
  expect(bench.session.encoded()).toEqual({ mood: { kind: "choice", labels: ["pos"] } });
  bench.submit();
  expect(bench.session.task.value?.slot, "the second half of a double press").toBe(1);
  later(1_000);
  bench.submit();
  expect(bench.session.task.value?.slot).toBe(2);
  expect([bench.marked.value, bench.others.value]).toEqual([null, []]);
});

test("what is in hand and what was just answered is named, so that nothing comes twice", async () => {
  const { bench, sent } = practising();
  await bench.start();
  expect(sent[0]?.body).toMatchObject({ labels: ["neg"], holding: [] });
  await answer(bench, "pos");
  const [said] = sent.filter(({ url }) => url === "answers");
  expect(said?.body.slot).toBe(1);
  expect(said?.body.next?.holding).toEqual(expect.arrayContaining([1, 2]));
});

test("a lesson asks as many as it says, and is over then", async () => {
  const { bench, later } = practising(1);
  await bench.start();
  await answer(bench, "pos");
  expect(bench.isOver).toBe(true);
  later(1_000);
  bench.submit();
  expect(bench.session.task.value).toBeNull();
  expect(bench.sum.value).toEqual({ n: 1, right: 0 });
});
