/** Exams: a marked answer waits in the hand where the exam tells at once, and the clock ends what is sat. */
import "fake-indexeddb/auto";
import { expect, test, vi } from "vitest";
import { AtOnce, type ExamBoot, ExamClock, GRACE_MS } from "../src/exam/exam";
import { Api } from "../src/workbench/api";
import { Pictures } from "../src/workbench/media";
import { Settings } from "../src/workbench/settings";
import { BrowserStore } from "../src/workbench/store";
import { boot, MOOD, task } from "./cast";

function sitting() {
  const sent: { url: string; body: Record<string, unknown> }[] = [];
  const fetcher = (async (url: string, init: RequestInit) => {
    const body = typeof init.body === "string" ? JSON.parse(init.body) : {};
    sent.push({ url, body });
    const told = { score: 0.5, labels: [["neg", 0]], right: { mood: { kind: "choice", labels: ["neg"] } } };
    const marked = { ...told, clause: null, why: { en: "Irony." } };
    const answer = url === "marks" ? marked : { annotation: { id: 9, revision: 1 }, tasks: [] };
    return new Response(JSON.stringify(url === "lease" ? { tasks: [task(1), task(2)] } : answer), { status: 200 });
  }) as unknown as typeof fetch;
  const urls = { ...boot(MOOD).urls, lease: "lease", submit: "answers" };
  const exam = { until: null, size: 2, marks: "marks" };
  const about: ExamBoot = { ...boot(MOOD), urls, mode: "practice", only: {}, most: null, exam };
  const bench = new AtOnce({
    boot: about,
    api: new Api("token", fetcher),
    store: new BrowserStore(crypto.randomUUID()),
    settings: new Settings(null),
    pictures: new Pictures(() => Promise.reject(new Error("no pictures here"))),
    pause: () => new Promise(() => {}),
    now: () => Date.now(),
  });
  return { bench, sent };
}

test("an answer is submitted as in any round, then marked, and stays in the hand with what is right", async () => {
  const { bench, sent } = sitting();
  await bench.start();
  bench.press(MOOD.fields[0] as never, "pos");
  bench.submit();
  await vi.waitFor(() => expect(bench.marked.value).not.toBeNull());
  const slot = bench.session.task.value;
  expect(sent.filter(({ url }) => url === "answers")[0]?.body).toMatchObject({ slot: 1, lease: slot?.lease });
  expect(sent.filter(({ url }) => url === "marks")[0]?.body).toEqual({ id: undefined, item: slot?.item.id });
  expect(bench.marked.value?.mark).toMatchObject({ verdict: "part", back_at: null });
  bench.goOn();
  expect(bench.session.task.value?.slot).toBe(2);
});

test("the clock tells the time once it is over, and leaves when the network has had its grace", () => {
  let now = 0;
  const told: string[] = [];
  const clock = new ExamClock(
    90_000,
    () => now,
    () => told.push("over"),
    () => told.push("leave"),
  );
  expect([clock.said.value, clock.isShort.value]).toEqual(["1:30", false]);
  for (now of [45_000, 90_000, 91_000]) clock.tick();
  expect([clock.said.value, clock.isShort.value, told]).toEqual(["0:00", true, ["over"]]);
  now = 90_000 + GRACE_MS;
  clock.tick();
  expect(told).toEqual(["over", "leave"]);
});
