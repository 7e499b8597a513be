import { describe, expect, test } from "vitest";
import { Adjudication, colorOf } from "../src/review/adjudication";
import type { AdjudicationBoot, Case, Voice } from "../src/review/boot";
import { allActions } from "../src/workbench/actions";
import { findConflicts } from "../src/workbench/keymap";
import { type Answerer, bench, DEFECTS, field, rulebook, task, until } from "./cast";

const boxes = (x: number) => {
  return { defects: { kind: "box", shapes: [{ id: "b1", label: "scratch", x, y: 10, w: 40, h: 40 }] } };
};
const voice = (letter: string, x: number): Voice => ({ letters: [letter], names: null, answers: boxes(x) });

function disagreement(slot: number, more: Partial<Case> = {}): Case {
  const agreement = { defects: { shares: [], overall: 0.4 } };
  const voices = [voice("A", 10), voice("B", 30), voice("C", 60)];
  return { ...task(slot), lease: "case", voices, agreement, last: 7, ruling: null, ...more };
}

/** An adjudication of these items; the server takes every ruling unless `answer` says otherwise. */
async function open(cases: readonly Case[], answer?: Answerer, rules = DEFECTS) {
  const sent: Record<string, unknown>[] = [];
  const asked: URL[] = [];
  const { parts } = bench(rules, (path, body) => {
    const url = new URL(path, "http://x");
    const other = answer?.(path, body);
    if (other) return other;
    if (url.pathname === "/cases") {
      asked.push(url);
      const { searchParams } = url;
      const done = sent.map((each) => each.item);
      const left = cases.filter(({ slot }) => !done.includes(slot) && slot > Number(searchParams.get("after")));
      const named = cases.filter(({ slot }) => slot === Number(searchParams.get("item")));
      return [200, { tasks: [...named, ...left.slice(0, Number(searchParams.get("want")))] }];
    }
    sent.push({ ...body, item: Number(url.pathname.split("/")[2]) });
    return [201, { ruling: sent.length }];
  }).bench;
  const boot: AdjudicationBoot = {
    ...parts.boot,
    mode: "adjudication",
    owner: "7:cases-5",
    first: null,
    open: cases.length,
    urls: { ...parts.boot.urls, cases: "cases" },
  };
  const on = new Adjudication({ ...parts, boot });
  await on.start();
  return { on, sent, asked };
}

const shown = (on: Adjudication) => on.others.value.map((each) => each.parts.name);

describe("several answers over one item", () => {
  test("each has a colour of its own and its letter after its labels", async () => {
    const { on } = await open([disagreement(1)]);
    expect(shown(on)).toEqual(["A", "B", "C"]);
    expect(new Set(on.others.value.map((each) => each.parts.color)).size).toBe(3);
    expect(on.others.value[1]?.session.labels.get("scratch")).toMatchObject({
      name: { en: "scratch · B" },
      color: colorOf(1),
    });
  });

  test("are looked at one at a time and all together again", async () => {
    const { on } = await open([disagreement(1)]);
    const seen = [1, 1, 1, 1, -1].map((by) => {
      on.look(by);
      return shown(on).join("");
    });
    expect(seen).toEqual(["A", "B", "C", "ABC", "C"]);
    on.letGo();
    expect(shown(on).join("")).toBe("ABC");
  });

  test("one is taken into the hand, steps out of the others, and can be undone", async () => {
    const { on } = await open([disagreement(1)]);
    on.pick(1);
    expect(on.session.encoded()).toEqual(boxes(30));
    expect(shown(on)).toEqual(["A", "C"]);
    on.session.undo();
    expect(on.session.answers.value).toEqual({});
  });

  test("no two acts want one key, and labels leave the digits to the annotators", async () => {
    const rules = rulebook([field("a", "box", ["x", "y"]), field("b", "choice", ["z"]), field("c", "rating", [])]);
    const { on } = await open([disagreement(1)], undefined, rules);
    const acts = allActions(on);
    expect(findConflicts(acts)).toEqual([]);
    expect(acts.find((each) => each.keys.includes("2"))?.id).toBe("pick-2");
    expect(acts.find((each) => each.keys.includes("Tab"))?.id).toBe("look-next");
  });
});

describe("a ruling", () => {
  test("goes out with what was picked, why, and what was seen; the next item is there", async () => {
    const { on, sent } = await open([disagreement(1), disagreement(2)]);
    on.pick(2);
    on.text.value = " read C3.1 ";
    on.session.cite("C3.1");
    on.submit();
    expect(on.session.task.value?.slot).toBe(2);
    expect([on.picked.value, on.text.value, on.clause]).toEqual([null, "", null]);
    await until(() => sent.length === 1);
    expect(sent[0]).toMatchObject({
      item: 1,
      answers: boxes(60),
      text: "read C3.1",
      clause: "C3.1",
      last: 7,
      ruling: 0,
    });
    await until(() => on.queue.left.value === 1);
  });

  test("without a reason asks for one and sends nothing", async () => {
    const { on } = await open([disagreement(1)]);
    on.pick(0);
    on.submit();
    expect(on.reasoning.value).toBe(1);
    expect(on.outbox.entries.value).toEqual([]);
  });

  test("must hold by the rulebook's checks like any answer", async () => {
    const { on } = await open([disagreement(1)]);
    const narrow = { kind: "box", shapes: [{ id: "b1", label: "scratch", x: 0, y: 0, w: 4, h: 40 }] };
    const thin: Case = disagreement(2, { voices: [{ letters: ["A"], names: null, answers: { defects: narrow } }] });
    on.session.open(thin);
    on.pick(0);
    on.text.value = "why";
    on.submit();
    expect(on.notice.value?.tone).toBe("bad");
    expect(on.outbox.entries.value).toEqual([]);
  });

  test("on what has changed meanwhile comes again as it is now, with what was said still there", async () => {
    let stale = true;
    const now = disagreement(1, { last: 9, ruling: { id: 4, text: "by another", clause: null, at: "" } });
    const changed = { code: "case-changed", message: "Changed.", next: "", details: {} };
    const { on, sent } = await open([disagreement(1)], (path) => {
      if (path.startsWith("cases?want=0")) return [200, { tasks: [now] }];
      if (!path.includes("ruling") || !stale) return undefined as never;
      stale = false;
      return [409, changed];
    });
    on.pick(1);
    on.text.value = "why";
    on.submit();
    await until(() => on.case.value?.last === 9);
    expect([on.text.value, on.session.encoded()]).toEqual(["why", boxes(30)]);
    on.submit();
    await until(() => sent.length === 1);
    expect(sent[0]).toMatchObject({ last: 9, ruling: 4 });
  });

  test("can be left for later: the list goes on behind the item", async () => {
    const { on, asked } = await open([disagreement(1), disagreement(2), disagreement(3), disagreement(4)]);
    on.later();
    expect(on.session.task.value?.slot).toBe(2);
    await until(() => asked.at(-1)?.searchParams.get("after") === "1");
    expect(on.queue.tasks.value.map((each) => each.slot)).not.toContain(1);
  });
});
