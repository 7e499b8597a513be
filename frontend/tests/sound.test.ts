/** A sound in the browser: where the playhead is, what is seen, and which bytes are asked for. */
import { describe, expect, test } from "vitest";
import { clock } from "../src/sound/clock";
import { Deck, type Player } from "../src/sound/deck";
import { toMs, toX, whole, within, zoomedAt } from "../src/sound/timeview";
import { FIRST_BYTES, openWave } from "../src/sound/wave";
import { until } from "./cast";

class Loudspeaker implements Player {
  currentTime = 0;
  playbackRate = 1;
  paused = true;

  play(): Promise<void> {
    this.paused = false;
    return Promise.resolve();
  }

  pause(): void {
    this.paused = true;
  }
}

function deck(duration = 60_000): { deck: Deck; player: Loudspeaker } {
  const made = new Deck();
  const player = new Loudspeaker();
  made.resize(1000);
  made.open(duration);
  made.attach(player);
  return { deck: made, player };
}

describe("the deck", () => {
  test("a stretch is played to its end and no further", () => {
    const { deck: on, player } = deck();
    on.play({ start: 2000, end: 3000 });
    expect(player.currentTime).toBe(2);
    player.currentTime = 2.9;
    on.tick(null);
    expect([on.playing.value, on.at.value]).toEqual([true, 2900]);
    player.currentTime = 3.01;
    on.tick(null);
    expect([on.playing.value, player.paused, on.at.value]).toEqual([false, true, 3000]);
  });

  test("what is looped begins again, also at the end of the sound", () => {
    const { deck: on, player } = deck();
    on.looping.value = true;
    on.seek(2500);
    on.toggle();
    player.currentTime = 3.02;
    on.tick({ start: 2000, end: 3000 });
    expect(player.currentTime).toBe(2);
    on.ended({ start: 59_000, end: 60_000 });
    expect([player.currentTime, on.playing.value]).toEqual([59, true]);
  });

  test("speeds go from a half to three and no further", () => {
    const { deck: on, player } = deck();
    for (let n = 0; n < 20; n += 1) on.shift(1);
    expect(player.playbackRate).toBe(3);
    for (let n = 0; n < 20; n += 1) on.shift(-1);
    expect(player.playbackRate).toBe(0.5);
    on.attach(new Loudspeaker());
    expect(on.speed.value).toBe(0.5);
  });

  test("the playhead stays within the sound and takes the view along", () => {
    const { deck: on } = deck(3_600_000);
    on.look({ from: 0, step: 10 });
    on.seek(600_000);
    const x = toX(on.view.value, on.at.value);
    expect(x).toBeGreaterThanOrEqual(0);
    expect(x).toBeLessThanOrEqual(1000);
    on.by(-700_000);
    expect(on.at.value).toBe(0);
    on.seek(9_999_999);
    expect(on.at.value).toBe(3_600_000);
  });

  test("a zoom holds still under the pointer and ends at the whole sound", () => {
    const { deck: on } = deck();
    on.zoom(4, 30_000);
    expect(toX(on.view.value, 30_000)).toBeCloseTo(500);
    expect(on.view.value.step).toBe(15);
    on.zoom(0.001, 30_000);
    expect(on.view.value).toEqual(whole(60_000, 1000));
  });
});

test("a view never leaves the sound", () => {
  expect(within({ from: -500, step: 10 }, 60_000, 1000)).toEqual({ from: 0, step: 10 });
  expect(within({ from: 59_000, step: 10 }, 60_000, 1000)).toEqual({ from: 50_000, step: 10 });
  expect(toMs(zoomedAt({ from: 100, step: 2 }, 2, 500), toX({ from: 100, step: 2 }, 500))).toBe(500);
});

test("times are written as a clock shows them", () => {
  expect([clock(0), clock(83_456), clock(3_600_000, 1), clock(59_999, 1), clock(61_005, 0)]).toEqual([
    "0:00.000",
    "1:23.456",
    "1:00:00.0",
    "1:00.0",
    "1:01",
  ]);
});

/** A drawn sound of `seconds`, as the server writes it: each column's greatest sample counts up. */
function file(seconds: number): Uint8Array {
  const peaks = [1024, 128, 16, 2].map((ms) => ({ ms, at: 0, count: Math.ceil((seconds * 1000) / ms) }));
  let at = 0;
  for (const level of peaks) {
    level.at = at;
    at += level.count * 2;
  }
  const head = { duration: seconds * 1000, channels: 1, bands: 64, loudest: 200, peaks, spectrum: [] };
  const text = new TextEncoder().encode(JSON.stringify(head));
  const data = new Uint8Array(8 + text.length + at);
  data.set(new TextEncoder().encode("GJW1"));
  new DataView(data.buffer).setUint32(4, text.length, true);
  data.set(text, 8);
  for (const level of peaks) {
    for (let n = 0; n < level.count; n += 1) data[8 + text.length + level.at + 2 * n + 1] = n % 127;
  }
  return data;
}

function server(data: Uint8Array, heeds: boolean) {
  const asked: string[] = [];
  const get = (_: string, init: RequestInit) => {
    const range = String((init.headers as Record<string, string>)["Range"]);
    asked.push(range);
    const [start = 0, end = 0] = range.slice(6).split("-").map(Number);
    const body = heeds ? data.slice(start, end + 1) : data.slice();
    return Promise.resolve(new Response(body, { status: heeds ? 206 : 200 }));
  };
  return { asked, get };
}

describe.each([true, false])("the drawn sound, ranges heeded: %s", (heeds) => {
  test("coarse levels come with the head; a fine tile is fetched once when it is looked at", async () => {
    const { asked, get } = server(file(3600), heeds);
    const wave = await openWave("wave", get);
    expect(wave.level("peaks", 5000).ms).toBe(1024);
    expect(wave.level("peaks", 40).ms).toBe(16);
    expect(wave.level("peaks", 1).ms).toBe(2);
    const coarse = wave.column("peaks", wave.level("peaks", 2000), 300);
    expect(coarse?.data[coarse.at + 1]).toBe(300 % 127);
    expect(asked).toEqual([`bytes=0-${FIRST_BYTES - 1}`]);
    const fine = wave.level("peaks", 2);
    const before = wave.column("peaks", fine, 900_000);
    expect(before?.data[before.at + 1]).toBe(Math.floor((900_000 * 2) / 128) % 127);
    await until(() => wave.arrived.value >= 1);
    await until(() => wave.tile("peaks", fine, 900_000).data !== null);
    const after = wave.column("peaks", fine, 900_000);
    expect(after?.data[after.at + 1]).toBe(900_000 % 127);
    expect(new Set(asked).size).toBe(asked.length);
  });
});
