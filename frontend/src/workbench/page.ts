/** A page with a bench on it: what the browser lends to it, and which of several tabs is at work. */
import { effect, untracked } from "@preact/signals";
import { Api, clientId } from "./api";
import type { Bench, BenchParts } from "./bench";
import type { Boot } from "./boot";
import { Pictures } from "./media";
import { Settings } from "./settings";
import { SettingsSync } from "./settingsync";
import { BrowserStore } from "./store";
import { type Channel, TabGuard } from "./tabs";

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

export function browserParts<B extends Boot>(boot: B): BenchParts & { readonly boot: B } {
  const api = new Api(boot.csrf, undefined, boot.person.id);
  const { settings, marks } = browserSettings(boot.person.id);
  void new SettingsSync(settings, api, marks, boot.person.id).start();
  return {
    boot,
    api,
    store: new BrowserStore(),
    settings,
    pictures: new Pictures(),
    pause,
    now: () => Date.now(),
  };
}

function browserSettings(person: number): { settings: Settings; marks: Storage | null } {
  try {
    return { settings: new Settings(localStorage, person), marks: localStorage };
  } catch {
    return { settings: new Settings(null, person), marks: null };
  }
}

/** Starts the bench once this tab is the one at work on `what`. */
export function guarded(bench: Bench, what: string): TabGuard {
  const channel = new BroadcastChannel(`guiju-${what}`);
  const guard = new TabGuard(channel as unknown as Channel, clientId());
  let started = false;
  effect(() => {
    if (guard.state.value === "elsewhere" && started) untracked(() => bench.rest());
    if (guard.state.value !== "here") return;
    const again = started;
    started = true;
    untracked(() => void (again ? bench.resume() : bench.start()));
  });
  void guard.ask(pause);
  return guard;
}
