import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { getKind } from "../src/kinds";
import { MASK_ACTIONS } from "../src/kinds/mask/acts";
import { flooded } from "../src/kinds/mask/flood";
import { handOf, type Mode } from "../src/kinds/mask/hand";
import { findFaults, type MaskAnswer, read } from "../src/kinds/mask/model";
import { brushed, Patch } from "../src/kinds/mask/patch";
import { ringsOf } from "../src/kinds/mask/rings";
import { areaOf, boundsOf, combined, type Edges, holds, readEdges, readRuns, writeEdges } from "../src/kinds/mask/runs";
import { finish, MaskTool } from "../src/kinds/mask/tool";
import { areaOf as areaOfRing, encloses } from "../src/kinds/shapes/rings";
import type { Point } from "../src/plane";
import type { Bench } from "../src/workbench/bench";
import { chord } from "../src/workbench/keymap";
import { Session } from "../src/workbench/session";
import type { View } from "../src/workbench/surface";
import { field, rulebook, task } from "./cast";

const VIEW: View = { scale: 1, x: 0, y: 0 };
const SIZE = { width: 640, height: 400 };
const SMALL = { width: 7, height: 5 };

/** A picture drawn in text: `#` is foreground. */
function edgesOf(...rows: readonly string[]): Edges {
  const places: number[] = [];
  rows.forEach((row, y) => {
    [...row].forEach((sign, x) => {
      if (sign === "#") places.push(x * rows.length + y);
    });
  });
  const single = places.map((place) => Uint32Array.from([place, place + 1]));
  return single.reduce<Edges>((all, one) => combined(all, one, "either"), new Uint32Array());
}

function textOf(edges: Edges, { width, height }: typeof SIZE): string[] {
  const sign = (x: number, y: number) => (holds(edges, x * height + y) ? "#" : ".");
  return Array.from({ length: height }, (_, y) => Array.from({ length: width }, (_, x) => sign(x, y)).join(""));
}

function random(seed: number) {
  let state = seed;
  return () => {
    state = (state * 1664525 + 1013904223) % 4294967296;
    return state / 4294967296;
  };
}

function speckled(seed: number, share: number): Edges {
  const next = random(seed);
  return edgesOf(
    ...Array.from({ length: 5 }, () => Array.from({ length: 7 }, () => (next() < share ? "#" : ".")).join("")),
  );
}

interface Row {
  readonly name: string;
  readonly valid: boolean;
  readonly problems: readonly string[];
  readonly wire: { readonly shapes: readonly { readonly size: [number, number]; readonly counts: string }[] };
}
const fixtures = JSON.parse(
  readFileSync(join(import.meta.dirname, "../../tests/kinds/fixtures/mask.json"), "utf8"),
) as Row[];

describe("run lengths", () => {
  test.each(fixtures.filter(({ valid }) => valid))("$name: written as pycocotools wrote it", ({ wire }) => {
    for (const { size, counts } of wire.shapes) {
      const whole = { height: size[0], width: size[1] };
      expect(writeEdges(readEdges(counts, whole), whole)).toBe(counts);
    }
  });

  test.each(fixtures.filter(({ problems }) => problems.includes("broken-runs")))("$name: said here too", ({ wire }) => {
    expect(findFaults(getKind("mask").decode(wire) as MaskAnswer).map(({ id }) => id)).toEqual(["broken-runs"]);
  });

  test("a text that breaks off or runs on says nothing", () => {
    expect(readRuns("")).toBeNull();
    expect(readRuns("1o")).toBeNull();
    expect(readRuns("ooooooooO")).toBeNull();
    expect(readRuns("0")).toEqual([0]);
  });

  test("pixels of either, of both, of one without the other, as looking at each pixel says", () => {
    for (let seed = 1; seed < 60; seed += 1) {
      const [one, other] = [speckled(seed, 0.5), speckled(seed + 1000, 0.3)];
      for (let place = 0; place < 35; place += 1) {
        const [a, b] = [holds(one, place), holds(other, place)];
        expect(holds(combined(one, other, "either"), place)).toBe(a || b);
        expect(holds(combined(one, other, "both"), place)).toBe(a && b);
        expect(holds(combined(one, other, "without"), place)).toBe(a && !b);
      }
    }
  });

  test("bounds and area of pieces, and of what runs over from column to column", () => {
    const two = edgesOf(".......", "..#....", "..#..#.", ".......", ".......");
    expect(boundsOf(two, 5)).toEqual({ x: 2, y: 1, w: 4, h: 2 });
    expect(areaOf(two)).toBe(3);
    expect(boundsOf(Uint32Array.from([3, 8]), 5)).toEqual({ x: 0, y: 0, w: 2, h: 5 });
  });
});

describe("outlines of pixels", () => {
  test("a ring around each piece and each hole, corners only", () => {
    const ring = ringsOf(edgesOf(".....", ".###.", ".#.#.", ".###.", "....."), 5);
    expect(ring.map(areaOfRing).sort((a, b) => a - b)).toEqual([1, 9]);
    expect(ring.map((each) => each.length)).toEqual([4, 4]);
  });

  test("pieces that touch in a corner are two", () => {
    expect(ringsOf(edgesOf("#..", ".#.", "..."), 3).map(areaOfRing)).toEqual([1, 1]);
    expect(ringsOf(edgesOf(".#.", "#..", "..."), 3).map(areaOfRing)).toEqual([1, 1]);
  });

  test("inside of an odd number of rings is inside of the mask, whatever it looks like", () => {
    for (let seed = 1; seed < 80; seed += 1) {
      const edges = speckled(seed, 0.2 + (seed % 7) / 10);
      const rings = ringsOf(edges, 5);
      for (let place = 0; place < 35; place += 1) {
        const middle = { x: Math.floor(place / 5) + 0.5, y: (place % 5) + 0.5 };
        const around = rings.filter((ring) => encloses(ring, middle)).length;
        expect(around % 2 === 1).toBe(holds(edges, place));
      }
    }
  });
});

describe("patches", () => {
  const whole = { x: 0, y: 0, w: 7, h: 5 };
  const drawn = (run: (patch: Patch) => void, around = whole) => {
    const patch = new Patch(around, whole);
    run(patch);
    return textOf(patch.edges(5), SMALL);
  };

  test("a brush of one pixel paints one pixel, and a line of them has no gap", () => {
    expect(drawn((on) => on.stroke({ x: 2.5, y: 1.5 }, { x: 2.5, y: 1.5 }, 0.5))[1]).toBe("..#....");
    const line = drawn((on) => on.stroke({ x: 0.5, y: 0.5 }, { x: 6.5, y: 3.5 }, 0.5));
    expect(Array.from({ length: 7 }, (_, x) => line.some((row) => row[x] === "#"))).not.toContain(false);
  });

  test("a stroke has the pixels whose middles are near enough, and no others", () => {
    const [a, b, radius] = [{ x: 1.2, y: 1.1 }, { x: 5.4, y: 3.6 }, 1.3];
    const far = ({ x, y }: Point) => {
      const [dx, dy] = [b.x - a.x, b.y - a.y];
      const share = Math.min(1, Math.max(0, ((x - a.x) * dx + (y - a.y) * dy) / (dx * dx + dy * dy)));
      return Math.hypot(x - a.x - share * dx, y - a.y - share * dy);
    };
    const expected = Array.from({ length: 5 }, (_, y) =>
      Array.from({ length: 7 }, (_, x) => (far({ x: x + 0.5, y: y + 0.5 }) <= radius ? "#" : ".")).join(""),
    );
    expect(drawn((on) => on.stroke(a, b, radius))).toEqual(expected);
  });

  test("an outline is filled where the middles lie inside", () => {
    const ring = [
      { x: 1, y: 1 },
      { x: 4, y: 1 },
      { x: 4, y: 4 },
      { x: 1, y: 4 },
    ];
    expect(drawn((on) => on.outline(ring))).toEqual([".......", ".###...", ".###...", ".###...", "......."]);
  });

  test("nothing is painted outside of what it was given", () => {
    const limited = new Patch({ x: -9, y: -9, w: 99, h: 99 }, { x: 2, y: 1, w: 2, h: 2 });
    limited.stroke({ x: 3, y: 2 }, { x: 3, y: 2 }, 50);
    expect(textOf(limited.edges(5), SMALL)).toEqual([".......", "..##...", "..##...", ".......", "......."]);
  });

  test("small brushes sit on pixels, odd ones on a middle and even ones on a corner", () => {
    expect([brushed({ x: 3.9, y: 1.1 }, 3), brushed({ x: 3.9, y: 1.1 }, 4)]).toEqual([
      { x: 3.5, y: 1.5 },
      { x: 4, y: 1 },
    ]);
  });

  test("a flood goes as far as the colour does, not around corners, and stays in its part", () => {
    const rows = ["aab", "bab", "bba"];
    const data = Uint8ClampedArray.from(
      rows
        .join("")
        .split("")
        .flatMap((sign) => (sign === "a" ? [9, 9, 9, 255] : [40, 9, 9, 255])),
    );
    const part = { x: 2, y: 1, w: 3, h: 3 };
    const found = (tolerance: number) => {
      const patch = flooded({ data, width: 3, height: 3 }, part, { x: 2.4, y: 1.2 }, tolerance);
      return textOf(patch.edges(5), SMALL).slice(1, 4);
    };
    expect(found(30)).toEqual(["..##...", "...#...", "......."]);
    expect(found(31)).toEqual(["..###..", "..###..", "..###.."]);
  });
});

describe("the hand", () => {
  function hand(options: Record<string, unknown> = {}) {
    const session = new Session(rulebook([field("parts", "mask", ["leaf", "stem"], { options })]), () => 0);
    session.open(task(1));
    const tool = new MaskTool(session, session.field.value);
    const own = handOf(session);
    own.size.value = 20;
    const drag = (x1: number, y1: number, x2: number, y2: number, force = false) => {
      tool.down({ at: { x: x1, y: y1 }, force });
      tool.move({ at: { x: (x1 + x2) / 2, y: (y1 + y2) / 2 }, force });
      tool.up({ at: { x: x2, y: y2 }, force }, VIEW);
    };
    const click = (x: number, y: number) => drag(x, y, x, y);
    const shapes = () => (session.answers.value.parts as MaskAnswer | undefined)?.shapes ?? [];
    const areas = () => shapes().map((shape) => read(shape).area);
    const press = (key: string) => {
      const name = chord({ key, shiftKey: false, ctrlKey: false, metaKey: false, altKey: false });
      const on = { session } as unknown as Bench;
      MASK_ACTIONS.find((each) => each.keys.includes(name) && each.when(on))?.run(on);
    };
    const pick = (mode: Mode) => {
      own.mode.value = mode;
    };
    return { session, tool, own, drag, click, shapes, areas, press, pick };
  }

  test("a drag paints a mask with the label in hand; the next goes on with it, as one step of undo each", () => {
    const { session, drag, shapes, areas } = hand();
    session.press(session.field.value, "stem");
    drag(100, 100, 200, 100);
    expect(shapes().map(({ id, label, size }) => [id, label, size])).toEqual([["m1", "stem", SIZE]]);
    expect(areas()[0]).toBeCloseTo(100 * 20 + Math.PI * 100, -2);
    drag(200, 100, 200, 200);
    expect(shapes()).toHaveLength(1);
    expect(read(shapes()[0] as never).bounds).toEqual({ x: 90, y: 90, w: 120, h: 120 });
    session.undo();
    expect(read(shapes()[0] as never).bounds).toEqual({ x: 90, y: 90, w: 120, h: 20 });
    session.undo();
    expect(shapes()).toEqual([]);
    session.redo();
    session.redo();
    expect(shapes()).toHaveLength(1);
  });

  test("with Shift, or after M, another mask begins", () => {
    const { drag, press, shapes } = hand();
    drag(50, 50, 80, 50);
    drag(50, 150, 80, 150, true);
    press("m");
    drag(50, 250, 80, 250);
    expect(shapes().map(({ id }) => id)).toEqual(["m1", "m2", "m3"]);
  });

  test("the eraser takes from the held mask alone, and from all where none is held; what is empty goes", () => {
    const { session, drag, press, areas, shapes } = hand();
    drag(50, 50, 80, 50);
    drag(50, 60, 80, 60, true);
    const before = areas();
    press("e");
    drag(40, 50, 90, 50);
    expect(areas()[0]).toBe(before[0]);
    expect(areas()[1]).toBeLessThan(before[1] ?? 0);
    session.selected.value = null;
    drag(0, 55, 200, 55);
    drag(0, 65, 200, 65);
    drag(0, 45, 200, 45);
    expect(shapes()).toEqual([]);
    expect(session.selected.value).toBeNull();
  });

  test("a stroke that changes nothing is no step of undo", () => {
    const { session, drag, press } = hand();
    drag(50, 50, 80, 50);
    drag(55, 50, 70, 50);
    press("e");
    drag(300, 300, 320, 300);
    expect(session.history.done.value).toHaveLength(1);
  });

  test("where pixels belong to one mask only, what is painted is taken from the others in the same step", () => {
    const { session, drag, areas } = hand({ overlap: false });
    drag(50, 50, 150, 50);
    const [alone] = areas();
    drag(100, 50, 150, 50, true);
    const [first, second] = areas();
    expect((first ?? 0) + (second ?? 0)).toBe(alone);
    session.undo();
    expect(areas()).toEqual([alone]);
  });

  test("nothing is painted outside of the limits, until their key takes them away", () => {
    const { own, drag, press, shapes } = hand();
    press("t");
    drag(100.2, 40, 140, 60);
    expect(own.limit).toEqual({ x: 100, y: 40, w: 40, h: 20 });
    expect(own.mode.value).toBe("brush");
    drag(0, 50, 640, 50);
    expect(read(shapes()[0] as never).bounds).toEqual({ x: 100, y: 40, w: 40, h: 20 });
    press("t");
    expect(own.limit).toBeNull();
  });

  test("the limits are of one item", () => {
    const { session, own, drag, press } = hand();
    press("t");
    drag(100, 40, 140, 60);
    session.open(task(2));
    expect(own.limit).toBeNull();
  });

  test("an outline is filled by the submit key, the first point or a double click", () => {
    const { session, tool, click, press, areas, shapes } = hand();
    press("s");
    for (const [x, y] of [
      [10, 10],
      [110, 10],
      [110, 60],
      [10, 60],
    ] as const) {
      click(x, y);
    }
    expect(finish(session, session.field.value)).toBe("");
    expect(areas()).toEqual([5000]);
    press("m");
    for (const [x, y] of [
      [200, 10],
      [300, 10],
      [300, 60],
      [202, 11],
    ] as const) {
      click(x, y);
    }
    expect(areas()[1]).toBeGreaterThan(2400);
    press("m");
    click(400, 10);
    expect(finish(session, session.field.value)).toContain("three points");
    click(500, 10);
    click(500, 60);
    tool.double();
    expect(shapes()).toHaveLength(3);
  });

  test("a mask is taken by a click on one of its pixels, not of its hole", () => {
    const { session, drag, click, press, pick } = hand();
    drag(50, 50, 150, 50);
    press("e");
    drag(100, 50, 100, 50);
    session.selected.value = null;
    pick("take");
    click(100, 50);
    expect(session.selected.value).toBeNull();
    click(60, 50);
    expect(session.selected.value).toBe("m1");
    press("Backspace");
    expect(session.answers.value.parts).toEqual({ kind: "mask", shapes: [] });
  });

  test("brackets and the wheel change the brush, or how far a flood goes", () => {
    const { own, tool, press, pick } = hand();
    press("]");
    expect(own.size.value).toBe(24);
    tool.turn(-1);
    expect(own.size.value).toBe(19);
    for (let n = 0; n < 40; n += 1) press("[");
    expect(own.size.value).toBe(1);
    pick("flood");
    press("]");
    expect([own.size.value, own.tolerance.value]).toEqual([1, 28]);
  });

  test("a label's key names the held mask anew, and its pixels stay", () => {
    const { session, drag, shapes, areas } = hand();
    drag(50, 50, 80, 50);
    const before = areas();
    session.press(session.field.value, "stem");
    expect(shapes()[0]?.label).toBe("stem");
    expect(areas()).toEqual(before);
  });
});
