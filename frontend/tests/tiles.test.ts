import { describe, expect, test, vi } from "vitest";
import type { Item } from "../src/workbench/boot";
import { levelFor, SIDE, Tiles, tilesInView } from "../src/workbench/tiles";

const STAGE = { width: 1000, height: 800 };
const BIG = { width: 12_000, height: 9_000 };
const ITEM = { id: 7, ...BIG, is_tiled: true } as unknown as Item;

describe("tiles", () => {
  test("the level is the smallest whose pixels are not larger than the screen's", () => {
    expect([1, 2, 0.5, 0.3, 0.25, 0.1].map((scale) => levelFor(scale, 1))).toEqual([0, 0, 1, 1, 2, 3]);
    expect(levelFor(0.5, 2)).toBe(0);
  });

  test("only those in view are asked for, and none beyond the picture", () => {
    const whole = tilesInView(BIG, { scale: 0.05, x: 0, y: 0 }, STAGE, 4);
    expect(whole).toEqual([
      { level: 4, x: 0, y: 0 },
      { level: 4, x: 1, y: 0 },
      { level: 4, x: 0, y: 1 },
      { level: 4, x: 1, y: 1 },
    ]);
    const corner = tilesInView(BIG, { scale: 1, x: -11_600, y: -8_600 }, STAGE, 0);
    expect(corner).toEqual([
      { level: 0, x: 22, y: 16 },
      { level: 0, x: 23, y: 16 },
      { level: 0, x: 22, y: 17 },
      { level: 0, x: 23, y: 17 },
    ]);
    expect(tilesInView(BIG, { scale: 1, x: 5_000, y: 0 }, STAGE, 0)).toEqual([]);
  });

  test("a tile is fetched once, painted in its place, and the oldest go first", async () => {
    const asked: string[] = [];
    const closed = vi.fn();
    const tiles = new Tiles(async (url) => {
      asked.push(url);
      return { close: closed } as unknown as ImageBitmap;
    });
    const drawImage = vi.fn();
    const ctx = { drawImage } as unknown as CanvasRenderingContext2D;
    const look = (x: number) => tiles.paint(ctx, ITEM, { scale: 1, x: -x, y: 0 }, { width: 100, height: 100 }, 1);
    look(600);
    expect(asked).toEqual(["/media/items/7/tiles/0/1/0"]);
    await vi.waitFor(() => expect(tiles.arrived.value).toBe(1));
    look(600);
    expect(asked).toHaveLength(1);
    expect(drawImage.mock.lastCall?.slice(1)).toEqual([SIDE - 600, 0, SIDE, SIDE]);
    for (let x = 0; x < 12_000; x += 50)
      for (let y = 0; y < 9_000; y += SIDE)
        tiles.paint(ctx, ITEM, { scale: 1, x: -x, y: -y }, { width: 1, height: 1 }, 1);
    await vi.waitFor(() => expect(closed).toHaveBeenCalled());
    look(600);
    expect(asked.filter((url) => url === "/media/items/7/tiles/0/1/0")).toHaveLength(2);
  });

  test("while the overview shows as much, no tile is fetched", () => {
    const load = vi.fn();
    const tiles = new Tiles(load);
    tiles.paint({} as CanvasRenderingContext2D, ITEM, { scale: 0.1, x: 0, y: 0 }, STAGE, 1);
    expect(load).not.toHaveBeenCalled();
  });
});
