/** What part of a sound is seen: milliseconds to pixels of the stage and back. No DOM. */
export interface TimeView {
  /** The millisecond at the left edge. */
  readonly from: number;
  /** Milliseconds of one CSS pixel. */
  readonly step: number;
}

const FINEST = 0.5;

/** The whole sound. */
export function whole(duration: number, width: number): TimeView {
  return { from: 0, step: Math.max(FINEST, duration / Math.max(1, width)) };
}

/** As near to `view` as there is something to see. */
export function within({ from, step }: TimeView, duration: number, width: number): TimeView {
  const widest = whole(duration, width).step;
  const shown = Math.min(widest, Math.max(FINEST, step));
  return { step: shown, from: Math.max(0, Math.min(from, duration - width * shown)) };
}

/** Zoomed by `factor`, the millisecond `at` staying where it is. */
export function zoomedAt(view: TimeView, factor: number, at: number): TimeView {
  const step = Math.max(FINEST, view.step / factor);
  return { step, from: at - ((at - view.from) / view.step) * step };
}

/** A stretch in the middle, with room around it. */
export function around(start: number, end: number, width: number): TimeView {
  const step = Math.max(FINEST, (end - start) / (0.6 * Math.max(1, width)));
  return { step, from: (start + end - width * step) / 2 };
}

export const toMs = ({ from, step }: TimeView, x: number): number => from + x * step;
export const toX = ({ from, step }: TimeView, ms: number): number => (ms - from) / step;
