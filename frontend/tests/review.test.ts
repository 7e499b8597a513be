import { describe, expect, test } from "vitest";
import type { InspectionBoot, Judged } from "../src/review/boot";
import { findDifferences, guessType } from "../src/review/differences";
import { Inspection } from "../src/review/inspection";
import { allActions } from "../src/workbench/actions";
import { findConflicts } from "../src/workbench/keymap";
import { apart } from "../src/workbench/others";
import { readAnswers } from "../src/workbench/session";
import { type Answerer, bench, DEFECTS, field, MOOD, rulebook, task, until } from "./cast";

const named = (...ids: string[]) => ids.map((id) => ({ id, name: id }));
const OF_BOXES = named("missed", "extra", "wrong-label", "loose-box");
const box = (id: string, label: string, x: number) => ({ id, label, x, y: 10, w: 40, h: 40 });
const boxes = (...shapes: ReturnType<typeof box>[]) => ({ defects: { kind: "box", shapes } });
const JUDGED = boxes(box("b1", "scratch", 10));
const tally = { n: 5, judged: 0, defective: 0, left: 5 };

function place(slot: number, judged: Record<string, unknown>, more: Partial<Judged> = {}): Judged {
  return { ...task(slot), lease: "laid", place: slot, judged, answers: judged, said: null, ...more };
}

interface Sent {
  readonly [name: string]: unknown;
}

/** An inspection of these places; the server takes every verdict unless `answer` says otherwise. */
async function open(
  places: readonly Judged[],
  answer?: Answerer,
  rules = DEFECTS,
  name: string = crypto.randomUUID(),
  reads = false,
) {
  const sent: Sent[] = [];
  const answerer: Answerer = (path, body) => {
    if (path.startsWith("tasks")) {
      const want = Number(new URL(path, "http://x").searchParams.get("want"));
      const done = sent.map((each) => each.item);
      return [200, { tasks: places.filter((each) => !done.includes(each.item.id)).slice(0, want) }];
    }
    const other = answer?.(path, body);
    if (other) return other;
    sent.push(body);
    return [201, { verdict: sent.length, tally: { ...tally, judged: sent.length, left: 5 - sent.length } }];
  };
  const { parts } = bench(rules, answerer, name).bench;
  const sleepers: (() => void)[] = [];
  const boot: InspectionBoot = {
    ...parts.boot,
    mode: "inspection",
    reads,
    owner: "7:lot-3",
    lot: { id: 3, number: 1, tally },
    first: null,
    defects: Object.fromEntries(
      rules.fields.map(({ id, kind }) => [id, kind === "box" ? OF_BOXES : named("wrong-label")]),
    ),
    severities: named("critical", "major", "minor"),
    urls: { ...parts.boot.urls, tasks: "tasks", verdicts: "verdicts" },
  };
  const on = new Inspection({ ...parts, boot, pause: () => new Promise((wake) => sleepers.push(wake)) });
  await on.start();
  const wake = () => {
    for (const rise of sleepers.splice(0)) rise();
  };
  return { on, sent, wake };
}

const draw = (on: Inspection, ...shapes: ReturnType<typeof box>[]) => {
  const [only] = on.session.rulebook.fields;
  const answers = readAnswers(on.session.rulebook, boxes(...shapes));
  if (only && answers.defects) on.session.change(only, answers.defects);
};

describe("a verdict", () => {
  test("passes with one act and shows the next place, which was there already", async () => {
    const { on, sent } = await open([place(1, JUDGED), place(2, JUDGED)]);
    on.pass();
    expect(on.session.task.value?.slot).toBe(2);
    await until(() => on.tally.value.judged === 1);
    expect(sent[0]).toMatchObject({ item: 1, outcome: "pass", revision: 0 });
  });

  test("of the customer's sample leaves every answer as it is", async () => {
    const { on, sent } = await open([place(1, JUDGED), place(2, JUDGED)], undefined, DEFECTS, undefined, true);
    draw(on, box("b1", "scratch", 10), box("b2", "crack", 200));
    expect(on.notice.value?.text).toContain("only be read");
    on.pass();
    await until(() => on.tally.value.judged === 1);
    expect(sent[0]).not.toHaveProperty("correction");
  });

  test("of a changed answer is a defect with the correction, and a pass is refused in words", async () => {
    const { on, sent } = await open([place(1, JUDGED), place(2, JUDGED)]);
    draw(on, box("b1", "scratch", 10), box("b2", "crack", 200));
    on.pass();
    expect(on.notice.value?.text).toContain("You changed the answer");
    expect(on.session.task.value?.slot).toBe(1);
    on.note.value = " upper right ";
    on.defect();
    await until(() => sent.length === 1);
    const correction = boxes(box("b1", "scratch", 10), box("b2", "crack", 200));
    expect(sent[0]).toMatchObject({
      outcome: "defect",
      type: "missed",
      severity: "major",
      note: "upper right",
      correction,
    });
  });

  test("of a defect asks for its type before it goes out", async () => {
    const { on, sent } = await open([place(1, JUDGED)]);
    on.defect();
    expect(on.stating.value).toBe(1);
    expect(on.outbox.entries.value).toEqual([]);
    on.chosen.value = "extra";
    on.worse(1);
    on.submit();
    await until(() => sent.length === 1);
    expect(sent[0]).toMatchObject({ type: "extra", severity: "critical" });
    expect(sent[0]).not.toHaveProperty("correction");
  });

  test("says nothing by the submit key alone", async () => {
    const { on } = await open([place(1, JUDGED)]);
    on.submit();
    expect(on.notice.value?.tone).toBe("warn");
    expect(on.outbox.entries.value).toEqual([]);
  });

  test("cites one clause: the last", async () => {
    const { on } = await open([place(1, JUDGED)]);
    on.session.cite("C1");
    on.session.cite("C2");
    expect(on.clause).toBe("C2");
  });

  test("of a choice is a label's key and one more", async () => {
    const judged = { mood: { kind: "choice", labels: ["pos"] } };
    const { on, sent } = await open([place(1, judged)], undefined, MOOD);
    const [only] = on.session.rulebook.fields;
    if (only) on.press(only, "neg");
    on.defect();
    await until(() => sent.length === 1);
    expect(sent[0]).toMatchObject({ type: "wrong-label", correction: { mood: { kind: "choice", labels: ["neg"] } } });
  });
});

describe("a reload", () => {
  test("keeps what was being said and drawn, and forgets it once it is given", async () => {
    const name = crypto.randomUUID();
    const { on } = await open([place(1, JUDGED), place(2, JUDGED)], undefined, DEFECTS, name);
    on.chosen.value = "extra";
    on.note.value = "half a sent";
    on.session.cite("C2");
    draw(on);
    const again = await open([place(1, JUDGED), place(2, JUDGED)], undefined, DEFECTS, name);
    await until(() => again.on.note.value === "half a sent" && again.on.differences.value.length === 1);
    expect([again.on.type.value, again.on.clause]).toEqual(["extra", "C2"]);
    again.on.defect();
    expect([again.on.session.task.value?.slot, again.on.note.value]).toEqual([2, ""]);
    await until(() => again.sent.length === 1);
    const third = await open([place(1, JUDGED)], undefined, DEFECTS, name);
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect([third.on.note.value, third.on.chosen.value]).toEqual(["", null]);
  });
});

describe("a slip of the hand", () => {
  test("is put right at once: the place judged last comes back as it was left and gets a new revision", async () => {
    const { on, sent } = await open([place(1, JUDGED), place(2, JUDGED)]);
    expect(on.canGoBack.value).toBe(false);
    draw(on);
    on.note.value = "none there";
    on.defect();
    expect(on.session.task.value?.slot).toBe(2);
    on.goBack();
    expect(on.session.task.value?.slot).toBe(1);
    expect([on.type.value, on.note.value, on.differences.value.length]).toEqual(["extra", "none there", 1]);
    on.takeBack();
    on.pass();
    await until(() => sent.length === 2);
    expect(sent.map(({ item, outcome, revision }) => [item, outcome, revision])).toEqual([
      [1, "defect", 0],
      [1, "pass", 1],
    ]);
    expect(on.session.task.value?.slot).toBe(2);
  });
});

describe("what can go wrong with a verdict", () => {
  test("a list that was on its way when it was given does not lay the place again", async () => {
    let late: ((value: Response) => void) | null = null;
    const { on, sent } = await open([place(1, JUDGED), place(2, JUDGED), place(3, JUDGED), place(4, JUDGED)]);
    const old = { tasks: [place(2, JUDGED), place(3, JUDGED), place(4, JUDGED)] };
    const get = on.parts.api.get.bind(on.parts.api);
    let asked = 0;
    on.parts.api.get = (<T>(url: string) => {
      asked++;
      if (asked > 1) return get<T>(url);
      return new Promise<T>((resolve) => {
        late = () => resolve(old as T);
      });
    }) as typeof get;
    on.pass();
    on.pass();
    await until(() => sent.length === 2 && late !== null);
    (late as unknown as (value?: Response) => void)();
    await until(() => on.queue.tasks.value.some(({ slot }) => slot === 4));
    expect([on.session.task.value?.slot, ...on.queue.tasks.value.map(({ slot }) => slot)]).toEqual([3, 4]);
  });

  test("a lost network keeps it, and it goes out once with the same id", async () => {
    let down = true;
    const ids: unknown[] = [];
    const { on, sent, wake } = await open([place(1, JUDGED), place(2, JUDGED)], (_path, body) => {
      ids.push(body.id);
      return down ? "no network" : (undefined as never);
    });
    on.pass();
    await until(() => on.outbox.trouble.value !== null);
    expect(on.session.task.value?.slot).toBe(2);
    down = false;
    wake();
    await until(() => sent.length === 1);
    expect(new Set(ids).size).toBe(1);
  });

  test("one that was judged meanwhile comes back as it was said, and goes over the other when sent again", async () => {
    let first = true;
    const stale = { code: "stale-verdict", message: "Judged meanwhile.", next: "", details: { revision: 4 } };
    const { on, sent } = await open([place(1, JUDGED)], () => {
      if (!first) return undefined as never;
      first = false;
      return [409, stale];
    });
    on.chosen.value = "loose-box";
    on.note.value = "too wide";
    on.defect();
    await until(() => on.session.task.value?.revision === 4);
    expect([on.type.value, on.note.value]).toEqual(["loose-box", "too wide"]);
    on.defect();
    await until(() => sent.length === 1);
    expect(sent[0]).toMatchObject({ revision: 4, type: "loose-box" });
  });

  test("a lot that was decided meanwhile takes the item away and says so", async () => {
    const { on } = await open([place(1, JUDGED), place(2, JUDGED)], () => [
      409,
      { code: "lot-decided", message: "Lot 1 is decided.", next: "", details: {} },
    ]);
    on.pass();
    await until(() => on.closed.value);
    expect(on.session.task.value).toBeNull();
    expect(on.notice.value?.text).toContain("Lot 1 is decided");
  });
});

describe("what is seen", () => {
  test("a verdict that is changed begins with what was said and drawn before", async () => {
    const said = { outcome: "defect" as const, type: "extra", severity: "minor", clause: "C1", note: "gone" };
    const { on } = await open([place(1, JUDGED, { answers: boxes(), said, revision: 1 })]);
    expect(on.differences.value.map(({ field }) => field.id)).toEqual(["defects"]);
    expect([on.type.value, on.severity.value, on.clause, on.note.value]).toEqual(["extra", "minor", "C1", "gone"]);
  });

  test("what was judged lies beneath a correction where it differs, can be hidden, and comes back", async () => {
    const { on } = await open([place(1, boxes(box("b1", "scratch", 10), box("b2", "crack", 200)))]);
    expect(on.others.value).toEqual([]);
    draw(on, box("b1", "scratch", 10), box("b2", "crack", 260));
    const [judged] = on.others.value;
    expect(judged?.session.encoded()).toEqual(boxes(box("b2", "crack", 200)));
    on.showsJudged.value = false;
    expect(on.others.value).toEqual([]);
    on.takeBack();
    expect(on.differences.value).toEqual([]);
  });

  test.each(["Enter", "Space"] as const)("no two acts want one key when %s gives the verdict", async (key) => {
    const rules = rulebook([field("a", "box", ["x"]), field("b", "choice", ["p", "d"]), field("c", "polygon", ["y"])]);
    const { on } = await open([place(1, {})], undefined, rules);
    on.settings.submitKey.value = key;
    expect(findConflicts(allActions(on))).toEqual([]);
    expect(allActions(on).map((each) => each.id)).not.toContain("submit");
  });
});

describe("what a correction shows to be wrong", () => {
  const item = task(1).item;
  const guess = (before: object, after: object) => {
    const [was, is] = [before, after].map((each) => readAnswers(DEFECTS, each as Judged["judged"]));
    return guessType(findDifferences(DEFECTS, was ?? {}, is ?? {}), { defects: OF_BOXES }, item);
  };
  const [one, two] = [box("b1", "scratch", 10), box("b2", "crack", 200)];

  test.each([
    ["a shape more", boxes(one), boxes(one, two), "missed"],
    ["a shape less", boxes(one, two), boxes(one), "extra"],
    ["another label", boxes(one), boxes({ ...one, label: "crack" }), "wrong-label"],
    ["another place", boxes(one), boxes({ ...one, w: 60 }), "loose-box"],
    ["one taken for another", boxes(one), boxes(two), null],
    ["nothing", boxes(one), boxes(one), null],
  ])("%s", (_, before, after, type) => {
    expect(guess(before, after)).toBe(type);
  });

  const said = (...labels: string[]) => ({ mood: { kind: "choice", labels } });
  const NAMES = ["wrong-label", "missed", "extra"].map((id) => ({ id, name: id }));

  test.each([
    ["another label", said("pos"), said("neg"), "wrong-label"],
    ["a label more", said("pos"), said("pos", "neg"), "missed"],
    ["a label less", said("pos", "neg"), said("neg"), "extra"],
    ["nothing", said("pos"), said("pos"), null],
  ])("of a choice: %s", (_, before, after, type) => {
    const [was, is] = [before, after].map((each) => readAnswers(MOOD, each as Judged["judged"]));
    expect(guessType(findDifferences(MOOD, was ?? {}, is ?? {}), { mood: NAMES }, item)).toBe(type);
  });

  test("marks that two answers share are left out; what marks nothing stays whole", () => {
    const rules = rulebook([...DEFECTS.fields, ...MOOD.fields]);
    const mood = { mood: { kind: "choice", labels: ["pos"] } };
    const otherwise = { h: 40, w: 40, y: 10, x: 10, label: "scratch", id: "b1" }; // as a server orders the members
    const left = apart(rules, { ...boxes(one, two), ...mood }, { ...boxes(otherwise), ...mood });
    expect(left).toEqual({ ...boxes(two), ...mood });
  });
});
