/**
 * Which pointer is for what: a mouse, a pen and one finger draw, two fingers move and zoom the view, and a palm that lies
 * beside the pen does nothing. Places in, decisions out; no DOM.
 */
import type { Point } from "../plane";

export interface Touch {
  readonly id: number;
  readonly type: string;
  /** On the stage. */
  readonly at: Point;
  /** Milliseconds. */
  readonly time: number;
}
/**
 * What a pointer's coming down means. `cancel`: what one finger began was the beginning of something else; `instead`: it
 * draws in the place of the one that drew.
 */
export type Came = "draw" | "instead" | "cancel" | "nothing";
export interface Pinch {
  readonly by: Point;
  readonly zoom: number;
  /** Between the fingers, where the zoom holds still. */
  readonly at: Point;
}

/** So long after the pen left the glass a hand may still lie on it. */
export const PALM_MS = 700;

export class Fingers {
  private readonly down = new Map<number, Point>();
  private readonly palms = new Set<number>();
  private pen: number | null = null;
  private penLeft = Number.NEGATIVE_INFINITY;
  /** The pointer that draws; null also while two fingers move the view, until both have left. */
  private drawing: number | null = null;

  came({ id, type, at, time }: Touch): Came {
    if (type === "pen") {
      this.pen = id;
      for (const finger of this.down.keys()) this.palms.add(finger);
      this.down.clear();
      return this.draw(id);
    }
    if (type !== "touch") return this.draw(id);
    if (this.pen !== null || time - this.penLeft < PALM_MS) {
      this.palms.add(id);
      return "nothing";
    }
    this.down.set(id, at);
    if (this.down.size === 1) return this.draw(id);
    const drew = this.drawing !== null;
    this.drawing = null;
    return drew ? "cancel" : "nothing";
  }

  /** Whether this pointer's moves and its leaving are the drawing's. */
  draws(id: number): boolean {
    return this.drawing === id;
  }

  /** Whether what this pointer shows is worth a crosshair: not a palm, and not one of two fingers. */
  points(id: number): boolean {
    return !this.palms.has(id) && !(this.down.has(id) && this.drawing !== id);
  }

  /** What the move of one of two fingers does to the view. */
  moved({ id, at }: Pick<Touch, "id" | "at">): Pinch | null {
    const before = this.down.get(id);
    if (!before) return null;
    this.down.set(id, at);
    const other = [...this.down].find(([each]) => each !== id)?.[1];
    if (this.drawing !== null || !other || this.down.size !== 2) return null;
    const was = Math.hypot(before.x - other.x, before.y - other.y);
    const is = Math.hypot(at.x - other.x, at.y - other.y);
    return {
      by: { x: (at.x - before.x) / 2, y: (at.y - before.y) / 2 },
      zoom: was > 0 && is > 0 ? is / was : 1,
      at: { x: (at.x + other.x) / 2, y: (at.y + other.y) / 2 },
    };
  }

  left(id: number, time: number): void {
    this.down.delete(id);
    this.palms.delete(id);
    if (this.drawing === id) this.drawing = null;
    if (this.pen !== id) return;
    this.pen = null;
    this.penLeft = time;
  }

  private draw(id: number): Came {
    const other = this.drawing !== null && this.drawing !== id;
    this.drawing = id;
    return other ? "instead" : "draw";
  }
}
