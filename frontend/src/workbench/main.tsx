/** The workbench's page: boot data in, everything wired once. */
import { effect } from "@preact/signals";
import { render } from "preact";
import { applyTheme } from "../theme";
import { setWords } from "../words";
import "./workbench.css";
import "../kinds/span/span.css";
import "./labeltree.css";
import { Api, clientId } from "./api";
import { Bench } from "./bench";
import { readBoot } from "./boot";
import { Pictures } from "./media";
import { Settings } from "./settings";
import { BrowserStore } from "./store";
import { type Channel, TabGuard } from "./tabs";
import { App } from "./views/App";

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

function browserSettings(): Settings {
  try {
    return new Settings(localStorage);
  } catch {
    return new Settings(null);
  }
}

function start(): void {
  const boot = readBoot(document);
  setWords(boot.locale, boot.words);
  applyTheme();
  const bench = new Bench({
    boot,
    api: new Api(boot.csrf),
    store: new BrowserStore(),
    settings: browserSettings(),
    pictures: new Pictures(),
    pause,
    now: () => Date.now(),
  });
  const channel = new BroadcastChannel(`guiju-round-${boot.person.id}-${boot.round.id}`);
  const guard = new TabGuard(channel as unknown as Channel, clientId());
  let started = false;
  effect(() => {
    if (guard.state.value !== "here" || started) return;
    started = true;
    void bench.start();
  });
  const root = document.getElementById("workbench");
  if (root) render(<App bench={bench} guard={guard} />, root);
  void guard.ask(pause);
}

start();
