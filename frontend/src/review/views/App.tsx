import type { ComponentChildren } from "preact";
import { useLayoutEffect } from "preact/hooks";
import { allActions } from "../../workbench/actions";
import type { Bench } from "../../workbench/bench";
import { listen } from "../../workbench/hands";
import type { TabGuard } from "../../workbench/tabs";
import { Elsewhere, Live } from "../../workbench/views/App";
import { Footer } from "../../workbench/views/Footer";
import { Labels } from "../../workbench/views/Labels";
import { Rule } from "../../workbench/views/Rule";
import { Sheets } from "../../workbench/views/Sheets";
import { Stage } from "../../workbench/views/Stage";

interface Props {
  readonly bench: Bench;
  readonly guard: TabGuard;
  readonly head: ComponentChildren;
  /** What stands above the rule. */
  readonly panel: ComponentChildren;
  readonly nothing: ComponentChildren;
  readonly inSight: readonly string[];
  readonly elsewhere: { readonly title: string; readonly text: string };
}

/** The workbench with somebody else's answers on it. */
export function App({ bench, guard, head, panel, nothing, inSight, elsewhere }: Props) {
  const away = guard.state.value === "elsewhere";
  useLayoutEffect(() => (away ? undefined : listen(bench, () => allActions(bench))), [bench, away]);
  if (away) return <Elsewhere {...{ bench, guard, ...elsewhere }} />;
  return (
    <div class={bench.settings.leftHanded.value ? "bench left" : "bench"}>
      {head}
      <Labels bench={bench} />
      <Stage bench={bench} nothing={nothing} />
      <div class="beside">
        {panel}
        <Rule bench={bench} />
      </div>
      <Footer bench={bench} inSight={inSight} />
      <Sheets bench={bench} />
      <Live bench={bench} />
    </div>
  );
}
