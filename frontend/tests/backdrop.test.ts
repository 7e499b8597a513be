// @vitest-environment happy-dom
import { describe, expect, test } from "vitest";
import { Backdrop, type Look } from "../src/sound/backdrop";
import type { Wave } from "../src/sound/wave";

const WAVE = {} as Wave;
const LOOK: Look = { wave: WAVE, arrived: 0, width: 100, height: 50, spectrum: true, color: "#123456", dark: false };

/** A fake context, which notes what is put on the screen: place on the drum, place in the view, how wide. */
function screen() {
  const put: (readonly [number, number, number])[] = [];
  const ctx = {
    save() {},
    restore() {},
    setTransform() {},
    drawImage: (_: unknown, at: number, _top: number, wide: number, _high: number, x: number) =>
      put.push([at, x, wide]),
  } as unknown as CanvasRenderingContext2D;
  return { ctx, put };
}

describe("the sound behind its stretches", () => {
  test.each([
    ["nothing has changed", 0, {}, 0],
    ["it is scrolled ahead", 70, {}, 7],
    ["it is scrolled back", -120, {}, 12],
    ["it is scrolled by less than half a pixel", 4, {}, 0],
    ["it is scrolled out of sight", 1_000, {}, 100],
    ["a tile has arrived", 0, { arrived: 1 }, 100],
    ["the spectrogram is put away", 0, { spectrum: false }, 100],
    ["the theme changes", 0, { dark: true }, 100],
    ["the window is wider", 0, { width: 120 }, 120],
  ])("is painted only as far as it must be when %s", (_, by, changed, columns) => {
    const backdrop = new Backdrop();
    const { ctx } = screen();
    expect(backdrop.show(ctx, 0, { from: 5_000, step: 10 }, LOOK)).toBe(100);
    expect(backdrop.show(ctx, 0, { from: 5_000 + by, step: 10 }, { ...LOOK, ...changed })).toBe(columns);
  });

  test("is painted anew when it is zoomed", () => {
    const backdrop = new Backdrop();
    const { ctx } = screen();
    backdrop.show(ctx, 0, { from: 0, step: 10 }, LOOK);
    expect(backdrop.show(ctx, 0, { from: 0, step: 8 }, LOOK)).toBe(100);
  });

  test.each([0, 30, 370, -20])("covers the whole view from its drum when it begins at %s ms", (from) => {
    const { ctx, put } = screen();
    new Backdrop().show(ctx, 0, { from: from * 10, step: 10 }, LOOK);
    const turned = ((from % 100) + 100) % 100;
    const runs = [
      [turned, 0, 100 - turned],
      [0, 100 - turned, turned],
    ].filter(([, , wide]) => wide);
    expect(put).toEqual(runs);
  });
});
