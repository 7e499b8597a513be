/** The browser's events on their way to acts: keys, active time, leaving the page, the network coming back. */
import type { Action } from "./actions";
import type { Bench } from "./bench";
import { chords } from "./keymap";

const WRITES = "input, textarea, select, [contenteditable], dialog";
const PRESSES = new Set(["Enter", "Space"]);

/** Listen on the window until the returned function is called. */
export function listen(bench: Bench, actions: () => readonly Action[]): () => void {
  const scope = new AbortController();
  const on = <K extends keyof WindowEventMap>(name: K, run: (event: WindowEventMap[K]) => void, passive = true) =>
    window.addEventListener(name, run, { signal: scope.signal, passive });
  on("keydown", (event) => press(event, bench, actions()), false);
  for (const name of ["pointermove", "pointerdown", "wheel", "keydown"] as const) on(name, () => bench.clock.touch());
  on("blur", () => bench.clock.pause());
  on("focus", () => {
    bench.clock.touch();
    // Back from another tab, where one has signed in again perhaps.
    if (bench.outbox.trouble.value || bench.queue.trouble.value) hurry(bench);
  });
  on("online", () => hurry(bench));
  on("pagehide", () => bench.drafts.flush(true));
  on("beforeunload", (event) => stuck(bench) && event.preventDefault());
  document.addEventListener("visibilitychange", () => document.hidden && leave(bench), { signal: scope.signal });
  return () => scope.abort();
}

function press(event: KeyboardEvent, bench: Bench, actions: readonly Action[]): void {
  const target = event.target instanceof Element ? event.target : null;
  if (event.isComposing || target?.closest(WRITES) || bench.sheet.value !== null) return;
  const [key = "", ...others] = chords(event);
  // A control that was reached with the keyboard keeps its own keys.
  if (PRESSES.has(key) && target?.closest("button, a[href], summary")) return;
  if (key.endsWith("Tab") && target?.closest("button, a[href], summary")) return;
  const found = [key, ...others].map((name) => actions.find((each) => each.keys.includes(name) && each.when(bench)));
  const action = found.find((each) => each !== undefined);
  if (!action || (event.repeat && action.id === "submit")) return;
  event.preventDefault();
  action.run(bench);
}

function hurry(bench: Bench): void {
  bench.outbox.hurry();
  void bench.queue.fill();
}

function leave(bench: Bench): void {
  bench.clock.pause();
  bench.drafts.flush(true);
}

/** Whether leaving now would leave submitted work behind that cannot be sent. */
function stuck({ outbox }: Bench): boolean {
  return outbox.waiting.value.length > 0 && (outbox.trouble.value !== null || !outbox.durable.value);
}
