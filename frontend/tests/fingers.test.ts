/** Mouse, pen and fingers on one glass: who draws, who moves the view, who is a palm. */
import { describe, expect, test } from "vitest";
import { Fingers, PALM_MS } from "../src/workbench/fingers";

const touch = (id: number, x = 0, y = 0, time = 0) => ({ id, type: "touch", at: { x, y }, time });
const pen = (id: number, time = 0) => ({ id, type: "pen", at: { x: 0, y: 0 }, time });

describe("fingers", () => {
  test("one draws", () => {
    const hand = new Fingers();
    expect(hand.came(touch(1))).toBe("draw");
    expect(hand.draws(1)).toBe(true);
  });

  test("a second one drops what the first began, and neither draws", () => {
    const hand = new Fingers();
    hand.came(touch(1));
    expect(hand.came(touch(2))).toBe("cancel");
    expect([hand.draws(1), hand.draws(2)]).toEqual([false, false]);
  });

  test("two that part zoom between them, two that go together move", () => {
    const hand = new Fingers();
    hand.came(touch(1, 100, 100));
    hand.came(touch(2, 200, 100));
    expect(hand.moved({ id: 2, at: { x: 300, y: 100 } })).toEqual({
      by: { x: 50, y: 0 },
      zoom: 2,
      at: { x: 200, y: 100 },
    });
    const first = hand.moved({ id: 1, at: { x: 100, y: 140 } });
    const second = hand.moved({ id: 2, at: { x: 300, y: 140 } });
    expect((first?.by.y ?? 0) + (second?.by.y ?? 0)).toBe(40);
    expect((first?.zoom ?? 0) * (second?.zoom ?? 0)).toBeCloseTo(1);
  });

  test("the one that stays behind does not draw, the next one that comes does", () => {
    const hand = new Fingers();
    hand.came(touch(1));
    hand.came(touch(2));
    hand.left(2, 10);
    expect(hand.draws(1)).toBe(false);
    expect(hand.moved({ id: 1, at: { x: 50, y: 50 } })).toBeNull();
    hand.left(1, 20);
    expect(hand.came(touch(3, 0, 0, 30))).toBe("draw");
  });
});

describe("a palm", () => {
  test("beside the pen does nothing, and the pen goes on", () => {
    const hand = new Fingers();
    expect(hand.came(pen(1))).toBe("draw");
    expect(hand.came(touch(2))).toBe("nothing");
    expect([hand.draws(1), hand.points(2)]).toEqual([true, false]);
    expect(hand.moved({ id: 2, at: { x: 9, y: 9 } })).toBeNull();
  });

  test("that lay there first gives way to the pen", () => {
    const hand = new Fingers();
    hand.came(touch(1));
    expect(hand.came(pen(2))).toBe("instead");
    expect([hand.draws(1), hand.draws(2), hand.points(1)]).toEqual([false, true, false]);
  });

  test("may still lie there when the pen has just left, and is a finger again later", () => {
    const hand = new Fingers();
    hand.came(pen(1, 0));
    hand.left(1, 100);
    expect(hand.came(touch(2, 0, 0, 100 + PALM_MS - 1))).toBe("nothing");
    hand.left(2, 100 + PALM_MS);
    expect(hand.came(touch(3, 0, 0, 100 + PALM_MS))).toBe("draw");
  });
});
