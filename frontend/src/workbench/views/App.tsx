import { useLayoutEffect } from "preact/hooks";
import { t } from "../../words";
import { allActions } from "../actions";
import type { Bench } from "../bench";
import { listen } from "../hands";
import type { TabGuard } from "../tabs";
import { Footer } from "./Footer";
import { Header } from "./Header";
import { Labels } from "./Labels";
import { Rule } from "./Rule";
import { Sheets } from "./Sheets";
import { Stage } from "./Stage";

export function App({ bench, guard }: { bench: Bench; guard: TabGuard }) {
  if (guard.state.value !== "elsewhere") return <Working bench={bench} />;
  const title = t("This round is open in another tab");
  const text = t("Two tabs would take each other's items. Go on there, or move your work here; nothing is lost.");
  return <Elsewhere {...{ bench, guard, title, text }} />;
}

function Working({ bench }: { bench: Bench }) {
  // At once, not after the paint: the first key counts, and a tab that is sent to rest lets go of the keys.
  useLayoutEffect(() => listen(bench, () => allActions(bench)), [bench]);
  return (
    <div class={bench.settings.leftHanded.value ? "bench left" : "bench"}>
      <Header bench={bench} />
      <Labels bench={bench} />
      <Stage bench={bench} />
      <Rule bench={bench} />
      <Footer bench={bench} />
      <Sheets bench={bench} />
      <Live bench={bench} />
    </div>
  );
}

/** What a screen reader is told: the item that came, and notices. */
export function Live({ bench }: { bench: Bench }) {
  const item = bench.session.task.value?.item;
  return (
    <div class="unseen" aria-live="polite">
      {item ? t("Item {name}", { name: item.name }) : ""} {bench.notice.value?.text ?? ""}
    </div>
  );
}

interface Away {
  readonly bench: Bench;
  readonly guard: TabGuard;
  readonly title: string;
  readonly text: string;
}

export function Elsewhere({ bench, guard, title, text }: Away) {
  return (
    <main class="alone">
      <h1>{title}</h1>
      <p>{text}</p>
      <div class="acts">
        <button type="button" class="primary" onClick={() => guard.takeOver()}>
          {t("Work here")}
        </button>
        <a class="button" href={bench.parts.boot.urls.back}>
          {t("Back to my work")}
        </a>
      </div>
    </main>
  );
}
