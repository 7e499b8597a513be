// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Tray } from "../src/rulebook/tray";
import type { TrayPage } from "../src/rulebook/wire";

const CUP = { item: 7, name: "texts.csv:2", media: "text", text: "这个杯子能进洗碗机吗", labels: [], note: "" };
const say = (key: string, values: Readonly<Record<string, string | number>> = {}) =>
  [key, ...Object.values(values)].join(" ");
let box: HTMLElement;
let answers: TrayPage[];
let asked: string[];

const tray = () =>
  new Tray(
    box,
    {
      tray: async (_of, q) => {
        asked.push(q);
        return answers.shift() ?? { items: [], cursor: null, unread: 0 };
      },
    },
    say,
    [{ of: "search", name: "Search" }],
    () => undefined,
    () => false,
  );
const type = async (text: string) => {
  const q = box.querySelector("input") as HTMLInputElement;
  q.value = text;
  q.dispatchEvent(new Event("input", { bubbles: true }));
  await vi.advanceTimersByTimeAsync(300);
};

beforeEach(() => {
  vi.useFakeTimers();
  document.body.innerHTML = "<section hidden></section>";
  box = document.querySelector("section") as HTMLElement;
  [answers, asked] = [[], []];
});
afterEach(() => vi.useRealTimers());

test("words that are still being read are said to be, and looked for again until they are found", async () => {
  const found = tray();
  found.open();
  await vi.advanceTimersByTimeAsync(0);
  answers = [
    { items: [], cursor: null, unread: 2 },
    { items: [], cursor: null, unread: 1 },
    { items: [CUP], cursor: null, unread: 0 },
  ];
  await type("杯子");
  expect(box.querySelector("[role=status]")?.textContent).toBe("tray-unread 2");
  await vi.advanceTimersByTimeAsync(2_500);
  expect(box.querySelectorAll("li")).toHaveLength(1);
  expect(asked).toEqual(["", "杯子", "杯子", "杯子"]);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(asked).toHaveLength(4);
});

test("what no item says is said at once where all words were read, and nobody asks for a closed tray", async () => {
  const found = tray();
  found.open();
  await type("洗碗机");
  expect(box.querySelector("[role=status]")?.textContent).toBe("tray-nothing");
  answers = [{ items: [], cursor: null, unread: 5 }];
  await type("杯子");
  found.close();
  await vi.advanceTimersByTimeAsync(5_000);
  expect(asked).toEqual(["", "洗碗机", "杯子"]);
});
