/** What fingers, a mouse and a pen do on the map: one moves or draws a line, two zoom and move, a click points. */

export interface Acts {
  readonly draws: (event: PointerEvent) => boolean;
  readonly rest: (x: number, y: number) => void;
  readonly move: (across: number, down: number) => void;
  readonly zoom: (factor: number, x: number, y: number) => void;
  readonly line: (corners: readonly number[], over: boolean) => void;
  readonly click: (x: number, y: number) => void;
}

type Spot = readonly [number, number];
/** Less than this is a hand that trembles: no move, and no corner of a line. */
const STILL = 3;

/** Listen until `signal` says so. Places are pixels of the element. */
export function hands(element: HTMLElement, acts: Acts, signal: AbortSignal): void {
  const down = new Map<number, Spot>();
  let line: number[] = [];
  let far = 0;
  const on = (kinds: readonly string[], act: (event: PointerEvent) => void) => {
    for (const kind of kinds) {
      element.addEventListener(kind, (event) => act(event as PointerEvent), { signal });
    }
  };
  on(["pointerdown"], (event) => {
    if (event.button > 0) return;
    element.setPointerCapture(event.pointerId);
    far = 0;
    line = down.size === 0 && acts.draws(event) ? [event.offsetX, event.offsetY] : [];
    down.set(event.pointerId, [event.offsetX, event.offsetY]);
  });
  on(["pointermove"], (event) => {
    const from = down.get(event.pointerId);
    if (!from) return acts.rest(event.offsetX, event.offsetY);
    const to: Spot = [event.offsetX, event.offsetY];
    const step = Math.hypot(to[0] - from[0], to[1] - from[1]);
    if (line.length) {
      if (step < STILL) return;
      line.push(...to);
      acts.line(line, false);
    } else if (down.size === 2) pinch(down, event.pointerId, to, acts);
    else acts.move(to[0] - from[0], to[1] - from[1]);
    far += step;
    down.set(event.pointerId, to);
  });
  on(["pointerup", "pointercancel"], (event) => {
    if (!down.delete(event.pointerId)) return;
    const drawn = line;
    line = [];
    if (event.type === "pointercancel") return acts.line([], true);
    if (drawn.length > 4) return acts.line(drawn, true);
    if (far < STILL + 1 && down.size === 0) acts.click(event.offsetX, event.offsetY);
    else far = Number.POSITIVE_INFINITY;
  });
}

/** Two fingers: what lies between them stays between them. */
function pinch(down: ReadonlyMap<number, Spot>, moving: number, to: Spot, acts: Acts): void {
  const from = down.get(moving) as Spot;
  const other = [...down].find(([id]) => id !== moving)?.[1] as Spot;
  const before = Math.hypot(from[0] - other[0], from[1] - other[1]);
  const after = Math.hypot(to[0] - other[0], to[1] - other[1]);
  acts.move((to[0] - from[0]) / 2, (to[1] - from[1]) / 2);
  if (before > STILL) acts.zoom(after / before, (to[0] + other[0]) / 2, (to[1] + other[1]) / 2);
}
