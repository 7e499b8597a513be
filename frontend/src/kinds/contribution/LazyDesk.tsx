import { signal } from "@preact/signals";
import type { ComponentType } from "preact";
import { useEffect } from "preact/hooks";
import { t } from "../../words";
import type { Bench } from "../../workbench/bench";
import type { Field } from "../../workbench/boot";

export interface DeskProps {
  readonly bench: Bench;
  readonly field: Field;
}

const desk = signal<ComponentType<DeskProps> | "missing" | null>(null);

function load(): void {
  desk.value = null;
  import("./Desk").then(
    (found) => {
      desk.value = found.Desk;
    },
    () => {
      desk.value = "missing";
    },
  );
}

/** The hand that gives is a piece of the script that comes with the first field that asks for something. */
export function LazyDesk(props: DeskProps) {
  useEffect(() => {
    if (typeof desk.value !== "function") load();
  }, []);
  const Found = desk.value;
  if (typeof Found === "function") return <Found {...props} />;
  return (
    <section class="giving">
      <p class="quiet">{Found === "missing" ? t("The server cannot be reached.") : t("One moment …")}</p>
      {Found === "missing" && (
        <button type="button" onClick={load}>
          {t("Try again")}
        </button>
      )}
    </section>
  );
}
