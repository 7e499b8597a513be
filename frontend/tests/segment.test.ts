/** Segments of a sound: pointer and keys in, operations out. */
import { describe, expect, test } from "vitest";
import { SEGMENT_ACTIONS } from "../src/kinds/segment/acts";
import { movedSide, newStretch } from "../src/kinds/segment/limits";
import { gapsOf, type SegmentAnswer } from "../src/kinds/segment/model";
import { SegmentTool } from "../src/kinds/segment/tool";
import { propose, proposeVoices } from "../src/kinds/segment/voices";
import { deckOf } from "../src/sound/deck";
import { allActions } from "../src/workbench/actions";
import type { Item } from "../src/workbench/boot";
import { findConflicts } from "../src/workbench/keymap";
import { isSuggested } from "../src/workbench/suggested";
import { type Answerer, bench, field, rulebook, task } from "./cast";

const SOUND: Item = {
  ...{ id: 1, media: "audio", name: "call", text: null, url: "/media/items/1", width: null, height: null },
  duration: 10_000,
};

function opened(
  options: Record<string, unknown> = {},
  more: readonly string[] = [],
  answerer: Answerer = () => [200, {}],
) {
  const fields = [
    field("turns", "segment", ["agent", "customer"], { options }),
    ...more.map((kind) => field(`f-${kind}`, kind, ["x", "y"])),
  ];
  const { bench: on } = bench(rulebook(fields), answerer);
  on.session.open(task(1, { item: SOUND }));
  const deck = deckOf(on);
  deck.open(10_000);
  deck.resize(1000);
  return { on, session: on.session, deck, tool: new SegmentTool(on.session, on.session.getField("turns")) };
}
type Opened = ReturnType<typeof opened>;

const held = ({ session }: Opened) => (session.answer(session.getField("turns")) as SegmentAnswer).segments;
const places = (all: Opened) => held(all).map(({ label, start, end }) => [label, start, end]);

function drag({ tool }: Opened, from: number, to: number): void {
  tool.down(from, 60);
  tool.move((from + to) / 2, 60);
  tool.move(to, 60);
  tool.up(to);
}

function press(all: Opened, id: string): void {
  const act = SEGMENT_ACTIONS.find((each) => each.id === `segment-${id}`);
  if (act?.when(all.on)) act.run(all.on);
}

describe("the pointer", () => {
  test("a drag makes a segment with the label in hand, in whole milliseconds, whichever way it goes", () => {
    const all = opened();
    drag(all, 1000.4, 2000.6);
    all.session.selected.value = null;
    all.session.press(all.session.getField("turns"), "customer");
    drag(all, 5000, 4000);
    expect(places(all)).toEqual([
      ["agent", 1000, 2001],
      ["customer", 4000, 5000],
    ]);
  });

  test("a click takes the shortest segment there, again the next longer one, and beside all none", () => {
    const all = opened();
    drag(all, 1000, 5000);
    drag(all, 2000, 3000);
    const [long, short] = held(all).map(({ id }) => id);
    const click = (at: number) => {
      all.tool.down(at, 60);
      expect(all.tool.up(at)).toBe(true);
      return all.session.selected.value;
    };
    expect([click(2500), click(2500), click(2500), click(8000)]).toEqual([long, short, long, null]);
    expect(held(all)).toHaveLength(2);
  });

  test("an edge within reach is dragged, and never past the other one", () => {
    const all = opened({ shortest: 100 });
    drag(all, 1000, 2000);
    drag(all, 2050, 3000);
    expect(places(all)).toEqual([["agent", 1000, 3000]]);
    drag(all, 3000, 200);
    expect(places(all)).toEqual([["agent", 1000, 1100]]);
  });

  test("what is let go of with Escape is not made", () => {
    const all = opened();
    all.tool.down(1000, 60);
    all.tool.move(2000, 60);
    all.tool.cancel();
    all.tool.up(2000);
    expect(held(all)).toEqual([]);
  });

  test("where segments lie apart, a drag ends at its neighbour and begins in no other", () => {
    const all = opened({ overlap: false });
    drag(all, 4000, 6000);
    drag(all, 1000, 5000);
    drag(all, 4500, 5500);
    expect(places(all)).toEqual([
      ["agent", 1000, 4000],
      ["agent", 4000, 6000],
    ]);
  });

  test("where no gap may stay, a boundary that two share moves for both and keeps both long enough", () => {
    const all = opened({ overlap: false, gaps: false, shortest: 500 });
    drag(all, 0, 4000);
    all.session.selected.value = null;
    drag(all, 4200, 10_000);
    expect(all.tool.gaps()).toEqual([{ start: 4000, end: 4200 }]);
    const room = {
      field: all.session.getField("turns"),
      answer: { kind: "segment" as const, segments: held(all) },
      duration: 10_000,
    };
    const touching = movedSide(room, held(all)[1]?.id ?? "", "start", 4000);
    const far = movedSide({ ...room, answer: touching }, touching.segments[0]?.id ?? "", "end", 9_900);
    expect(far.segments.map(({ start, end }) => [start, end])).toEqual([
      [0, 9500],
      [9500, 10_000],
    ]);
    expect(gapsOf(far, 10_000)).toEqual([]);
  });

  test("nothing shorter than the field's shortest is made", () => {
    const room = {
      field: field("t", "segment", ["a"], { options: { shortest: 300 } }),
      answer: { kind: "segment" as const, segments: [] },
      duration: 10_000,
    };
    expect(newStretch(room, 1000, 1299)).toBeNull();
    expect(newStretch(room, 1000, 700)).toEqual({ start: 700, end: 1000 });
  });
});

describe("the keys", () => {
  test("I and O make a segment at the playhead; behind it the next one begins, within it its edges move", () => {
    const all = opened();
    all.deck.seek(1000);
    press(all, "start");
    all.deck.seek(2000);
    press(all, "end");
    all.deck.seek(1200);
    press(all, "start");
    all.deck.seek(1800);
    press(all, "end");
    all.deck.seek(3000);
    press(all, "start");
    all.deck.seek(2500);
    press(all, "end");
    expect(places(all)).toEqual([
      ["agent", 1200, 1800],
      ["agent", 2500, 3000],
    ]);
  });

  test("nudges move an edge by 10 ms and are one step of undo", () => {
    const all = opened();
    drag(all, 1000, 2000);
    press(all, "end-ArrowRight");
    press(all, "end-ArrowRight");
    press(all, "start-ArrowLeft");
    expect(places(all)).toEqual([["agent", 990, 2020]]);
    all.session.undo();
    all.session.undo();
    expect(places(all)).toEqual([["agent", 1000, 2000]]);
  });

  test("a segment is split at the playhead and merged with the next of its label", () => {
    const all = opened();
    drag(all, 1000, 3000);
    all.deck.seek(1500);
    press(all, "split");
    expect(places(all)).toEqual([
      ["agent", 1000, 1500],
      ["agent", 1500, 3000],
    ]);
    press(all, "previous");
    expect(all.deck.at.value).toBe(1000);
    press(all, "merge");
    expect(places(all)).toEqual([["agent", 1000, 3000]]);
    press(all, "merge");
    expect(places(all)).toEqual([["agent", 1000, 3000]]);
  });

  test("of segments that may not overlap, only neighbours are merged", () => {
    const all = opened({ overlap: false });
    drag(all, 1000, 2000);
    drag(all, 2000, 3000);
    press(all, "previous");
    press(all, "merge");
    expect(places(all)).toEqual([["agent", 1000, 3000]]);
  });

  test("proposals are added where nothing is marked, in one step, and are suggested until they are changed", () => {
    const all = opened({ overlap: false, shortest: 200 });
    drag(all, 1000, 2000);
    expect(
      propose(all.session, [
        [500, 1100],
        [3000, 4000],
        [5000, 5100],
        [6000, 7000],
      ]),
    ).toBe(2);
    expect(places(all).slice(1)).toEqual([
      ["agent", 3000, 4000],
      ["agent", 6000, 7000],
    ]);
    expect(held(all).map(isSuggested)).toEqual([false, true, true]);
    all.session.selected.value = held(all)[1]?.id ?? null;
    press(all, "end-ArrowRight");
    expect(held(all).map(isSuggested)).toEqual([false, false, true]);
    all.session.undo();
    all.session.undo();
    expect(held(all)).toHaveLength(1);
    expect(propose(all.session, [[1200, 1800]])).toBe(0);
  });

  test.each([
    ["found", { segments: [[1000, 2000]] }, 1, "proposed"],
    ["failed", { segments: null, error: { message: "The disk is full.", next: "" } }, 0, "The disk is full."],
    ["none", { segments: null }, 0, "not kept"],
  ] as const)(
    "a job is followed through a gap in the network until its voices are %s",
    async (state, end, made, said) => {
      const asked: string[] = [];
      const known = { job: 7, done: 0, total: 10_000, error: null };
      const all = opened({}, [], (url) => {
        asked.push(url);
        if (asked.length === 1) return [202, { ...known, state: "queued", segments: null }];
        return asked.length === 2 ? "no network" : [200, { ...known, state, ...end }];
      });
      await proposeVoices(all.on);
      expect(asked[2]).toBe("/api/v1/items/1/voices?job=7");
      expect(all.session.answer(all.session.getField("turns"))).toHaveProperty("segments.length", made);
      expect(all.on.notice.value?.text).toContain(said);
      expect(all.deck.listening.value).toBeNull();
    },
  );

  test("whoever takes another sound waits no more", async () => {
    const all = opened({}, [], () => [202, { state: "queued", segments: null, job: 7, done: 0, total: null }]);
    const waiting = proposeVoices(all.on);
    all.on.session.open(task(2, { item: { ...SOUND, id: 2 } }));
    all.deck.open(10_000);
    await waiting;
    expect(all.on.notice.value).toBeNull();
  });

  test.each([
    ["alone", []],
    ["with choices, ratings", ["choice", "rating"]],
  ] as const)("no two acts of a sound want one key: %s", (_, more) => {
    const { on } = opened({}, more);
    for (const submitKey of ["Enter", "Space"] as const) {
      on.settings.submitKey.value = submitKey;
      expect(findConflicts(allActions(on))).toEqual([]);
    }
    expect(allActions(on).some((each) => each.id === "sound-play")).toBe(true);
    on.session.open(null);
    expect(allActions(on).some((each) => each.id === "sound-play")).toBe(false);
  });
});
