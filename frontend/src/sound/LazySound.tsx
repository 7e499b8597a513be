import { signal } from "@preact/signals";
import type { ComponentChildren, ComponentType } from "preact";
import { useEffect } from "preact/hooks";
import { t } from "../words";
import type { Bench } from "../workbench/bench";
import type { Task } from "../workbench/boot";

export interface SoundProps {
  readonly bench: Bench;
  readonly task: Task;
  /** What was answered to other questions, below. */
  readonly children?: ComponentChildren;
}

const stage = signal<ComponentType<SoundProps> | "missing" | null>(null);

function load(): void {
  stage.value = null;
  import("./SoundStage").then(
    (found) => {
      stage.value = found.SoundStage;
    },
    () => {
      stage.value = "missing";
    },
  );
}

/** The stage of sounds is a piece of the script that comes with the first sound. */
export function LazySound(props: SoundProps) {
  useEffect(() => {
    if (typeof stage.value !== "function") load();
  }, []);
  const Found = stage.value;
  if (typeof Found === "function") return <Found key={props.task.slot} {...props} />;
  return (
    <div class="nothing">
      <p class="quiet">{Found === "missing" ? t("The server cannot be reached.") : t("Fetching the sound …")}</p>
      {Found === "missing" && (
        <button type="button" onClick={load}>
          {t("Try again")}
        </button>
      )}
    </div>
  );
}
