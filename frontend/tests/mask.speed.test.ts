/** What a stroke costs on a large picture; the figure stands in docs/kinds/mask.md. */
import { describe, expect, test } from "vitest";
import { outlineOf, painted } from "../src/kinds/mask/model";
import { Patch } from "../src/kinds/mask/patch";
import type { Edges } from "../src/kinds/mask/runs";

describe("the time a stroke takes", () => {
  const LARGE = { width: 4000, height: 3000 };
  const median = (times: number[]) => times.sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;

  test("on twelve million pixels, into a mask that covers half of them, is not felt", () => {
    const whole = { x: 0, y: 0, w: LARGE.width, h: LARGE.height };
    const blob = new Patch(whole, whole);
    blob.stroke({ x: 2000, y: 1500 }, { x: 2200, y: 1500 }, 1300);
    const first = painted({ kind: "mask", shapes: [] }, stroke(blob.edges(LARGE.height), null));
    let answer = first[0];
    const times = Array.from({ length: 15 }, (_, n) => {
      const began = performance.now();
      const at = (step: number) => ({ x: 300 + n * 200 + step * 4, y: 300 + 80 * Math.sin(step / 9) + n * 20 });
      const patch = new Patch({ x: 200 + n * 200, y: 100, w: 500, h: 800 }, whole);
      for (let step = 1; step < 60; step += 1) patch.stroke(at(step - 1), at(step), 40);
      [answer] = painted(answer, stroke(patch.edges(LARGE.height), "m1"));
      const [shape] = answer.shapes;
      if (shape) outlineOf(shape);
      return performance.now() - began;
    });
    console.info(`a stroke of 60 steps on 4,000 × 3,000: ${median(times).toFixed(1)} ms`);
    expect(median(times)).toBeLessThan(100);
  });

  function stroke(edges: Edges, into: string | null) {
    return { edges, size: LARGE, into, label: "leaf", overlap: true };
  }
});
