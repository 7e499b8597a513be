/** The map without a screen: what lies where, what a line catches, and what hands do. */
import { describe, expect, it } from "vitest";
import { hands } from "../src/map/hands";
import { Grid, inside, type Points, readPoints } from "../src/map/points";
import { fitted, under, zoomed } from "../src/map/view";

function packed(spots: readonly (readonly [number, number])[]): Points {
  const bytes = new ArrayBuffer(8 + 16 * spots.length);
  new Uint8Array(bytes).set([71, 74, 80, 49]);
  new DataView(bytes).setUint32(4, spots.length, true);
  const points = readPoints(bytes);
  spots.forEach(([x, y], at) => {
    points.items[at] = at + 1;
    points.x[at] = x;
    points.y[at] = y;
  });
  return points;
}

describe("what lies where", () => {
  it("is found among 100,000 in one place, at the edges and alone", () => {
    const pile = packed(Array.from({ length: 100_000 }, () => [65_535, 0] as const));
    const grid = new Grid(pile);
    expect(grid.nearest(65_530, 5, 10)).toBeGreaterThanOrEqual(0);
    expect(grid.nearest(65_500, 40, 10)).toBe(-1);
    expect(inside(pile, grid, [65_000, -9, 70_000, -9, 70_000, 900, 65_000, 900])).toHaveLength(100_000);
    const one = packed([[0, 65_535]]);
    expect(new Grid(one).nearest(0, 65_535, 0)).toBe(0);
    expect(new Grid(packed([])).nearest(5, 5, 9)).toBe(-1);
  });

  it("is caught by a line that is not convex, and not outside of it", () => {
    const points = packed([
      [100, 100],
      [300, 100],
      [200, 300],
    ]);
    const notch = [0, 0, 400, 0, 400, 200, 200, 200, 200, 400, 0, 400];
    expect(inside(points, new Grid(points), notch)).toEqual([0, 1]);
    expect(inside(points, new Grid(points), [0, 0, 400, 400])).toEqual([]);
  });

  it("stays under the pointer when it comes closer", () => {
    const fit = fitted(700, 620);
    const closer = zoomed(fit, 3, 210, 90, fit);
    under(closer, 210, 90).forEach((at, side) => {
      expect(at).toBeCloseTo(under(fit, 210, 90)[side] as number, 6);
    });
  });
});

describe("hands", () => {
  function tried() {
    const element = Object.assign(new EventTarget(), { setPointerCapture: () => {} }) as unknown as HTMLElement;
    const done: unknown[] = [];
    const note =
      (what: string) =>
      (...told: unknown[]) => {
        done.push([what, ...told.map((each) => (Array.isArray(each) ? [...each] : each))]);
      };
    const acts = {
      rest: note("rest"),
      move: note("move"),
      zoom: note("zoom"),
      line: note("line"),
      click: note("click"),
    };
    let drawing = false;
    hands(element, { ...acts, draws: () => drawing }, new AbortController().signal);
    const send = (kind: string, x: number, y: number, pointerId = 1) =>
      element.dispatchEvent(Object.assign(new Event(kind), { offsetX: x, offsetY: y, pointerId, button: 0 }));
    return { done, send, draw: () => (drawing = true) };
  }

  it("click where they tremble and move where they go", () => {
    const { done, send } = tried();
    send("pointerdown", 10, 10);
    send("pointermove", 11, 10);
    send("pointerup", 11, 10);
    send("pointerdown", 10, 10);
    send("pointermove", 30, 15);
    send("pointerup", 30, 15);
    expect(done).toEqual([
      ["move", 1, 0],
      ["click", 11, 10],
      ["move", 20, 5],
    ]);
  });

  it("zoom with two fingers around the place between them, and point at nothing when they leave", () => {
    const { done, send } = tried();
    send("pointerdown", 0, 0, 1);
    send("pointerdown", 100, 0, 2);
    send("pointermove", 200, 0, 2);
    send("pointerup", 200, 0, 2);
    send("pointerup", 0, 0, 1);
    expect(done).toEqual([
      ["move", 50, 0],
      ["zoom", 2, 100, 0],
    ]);
  });

  it("draw a line of corners that lie apart, and drop it when the system takes the pointer", () => {
    const { done, send, draw } = tried();
    draw();
    send("pointerdown", 0, 0);
    send("pointermove", 1, 1);
    send("pointermove", 50, 0);
    send("pointermove", 50, 50);
    send("pointerup", 50, 50);
    expect(done.at(-1)).toEqual(["line", [0, 0, 50, 0, 50, 50], true]);
    send("pointerdown", 0, 0);
    send("pointermove", 50, 0);
    send("pointercancel", 50, 0);
    expect(done.at(-1)).toEqual(["line", [], true]);
  });
});
