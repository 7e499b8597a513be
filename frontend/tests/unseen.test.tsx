// @vitest-environment happy-dom
import { render } from "preact";
import { afterEach, expect, test } from "vitest";
import type { UnseenRuling } from "../src/workbench/unseen";
import { Question } from "../src/workbench/views/Question";
import { Rule } from "../src/workbench/views/Rule";
import { bench, MOOD, task, until } from "./cast";

let root: HTMLElement | undefined;
let stop: (() => void) | undefined;
afterEach(() => {
  stop?.();
  if (root) render(null, root);
  root?.remove();
});

const ruling = (id: number, items: number[] = [], labels: string[] = []): UnseenRuling => {
  return {
    id,
    text: `ruling ${id}`,
    clause: null,
    question: `question ${id}`,
    at: "2026-05-04T08:00:00Z",
    items,
    labels,
  };
};

/** A bench with these items, and a server that knows these rulings as unseen; what was sent as seen is kept. */
function open(unseen: UnseenRuling[], items: number[], broken = false) {
  const seen: number[] = [];
  const { bench: on } = bench(MOOD, (url, body) => {
    if (url.endsWith("/rulings/unseen")) return [200, { rulings: unseen.filter((each) => !seen.includes(each.id)) }];
    if (url.endsWith("/rulings/seen")) {
      if (broken) return "no network";
      seen.push(...(body["rulings"] as number[]));
      return [200, { new: 1 }];
    }
    if (url === "lease") return [200, { tasks: items.splice(0, 9).map((id) => task(id)) }];
    return [200, { annotation: { id: 1, revision: 1 }, tasks: [] }];
  });
  root = document.body.appendChild(document.createElement("div"));
  render(<Rule bench={on} />, root);
  return { on, seen };
}
const listed = () =>
  [...(root?.querySelectorAll(".unseen-rulings li p:last-child") ?? [])].map((each) => each.textContent);

test("a new ruling stands above the rules until it is read, and that it was is sent", async () => {
  const { on, seen } = open([ruling(4), ruling(9)], [1]);
  stop = on.unseen.watch();
  await until(() => listed().length === 2);
  expect(listed()).toEqual(["ruling 9", "ruling 4"]);
  root?.querySelector<HTMLButtonElement>(".unseen-rulings h2 button")?.click();
  await until(() => listed().length === 0 && seen.length === 2);
  await on.unseen.fetch();
  expect(listed()).toEqual([]);
});

test("what is about the item in hand comes first and is told of; a whole item later it has been seen", async () => {
  const { on, seen } = open([ruling(9), ruling(8), ruling(7), ruling(2, [12])], [11, 12, 13]);
  await on.start();
  await on.unseen.fetch();
  stop = on.unseen.follow();
  expect(on.unseen.shown.value.map((each) => each.id)).toEqual([9, 8, 7]);
  expect(on.notice.value).toBeNull();
  on.next();
  await until(() => seen.length === 0 && on.session.task.value?.item.id === 12);
  expect(on.unseen.shown.value[0]?.id).toBe(2);
  expect(on.notice.value?.tone).toBe("warn");
  on.next();
  await until(() => seen.includes(2));
});

test("when saying so fails they come back, and work is not disturbed", async () => {
  const { on } = open([ruling(3)], [1], true);
  await on.unseen.fetch();
  on.unseen.see([3]);
  await until(() => listed().length === 0);
  await on.unseen.fetch();
  await until(() => listed().length === 1);
  expect(on.notice.value).toBeNull();
});

test("while one writes a question, those like it are shown with what was ruled, and the labels in doubt go along", async () => {
  const asked: unknown[] = [];
  const urls: string[] = [];
  const { bench: on } = bench(MOOD, (url, body) => {
    if (url.includes("/questions/alike")) {
      urls.push(url);
      return [200, { alike: [{ id: 5, text: "is sarcasm negative?", ruling: { text: "Yes.", clause: "C2" } }] }];
    }
    if (url === "questions") asked.push(body);
    return url === "lease" ? [200, { tasks: [task(3)] }] : [200, { question: 1 }];
  });
  await on.start();
  root = document.body.appendChild(document.createElement("div"));
  render(<Question bench={on} />, root);
  const area = root.querySelector("textarea") as HTMLTextAreaElement;
  area.value = "sarcasm?";
  area.dispatchEvent(new Event("input", { bubbles: true }));
  await until(() => root?.querySelectorAll(".alike li").length === 1);
  expect(root.textContent).toContain("Yes.");
  root.querySelector<HTMLInputElement>(".doubts input")?.click();
  await until(() => urls.at(-1)?.includes("label=") === true && urls.at(-1)?.includes("item=3") === true);
  root.querySelector<HTMLFormElement>("form")?.requestSubmit();
  await until(() => asked.length === 1);
  expect(asked[0]).toMatchObject({ text: "sarcasm?", item: 3, labels: [MOOD.fields[0]?.labels[0]] });
});
