import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { t } from "../../words";
import type { Bench } from "../bench";
import { Help } from "./Help";
import { Keys } from "./Keys";
import { Mine } from "./Mine";
import { Palette } from "./Palette";
import { Question } from "./Question";

/** The sheet that lies over the workbench, if any. */
export function Sheets({ bench }: { bench: Bench }) {
  switch (bench.sheet.value) {
    case "help":
      return (
        <Sheet key="help" bench={bench} title={t("All keys and settings")} wide>
          <Help bench={bench} />
        </Sheet>
      );
    case "palette":
      return (
        <Sheet key="palette" bench={bench} title={t("Find an act by its name")} high>
          <Palette bench={bench} />
        </Sheet>
      );
    case "keys":
      return (
        <Sheet key="keys" bench={bench} title={t("Change the keys")}>
          <Keys bench={bench} />
        </Sheet>
      );
    case "question":
      return (
        <Sheet key="question" bench={bench} title={t("Ask the trainer")}>
          <Question bench={bench} />
        </Sheet>
      );
    case "mine":
      return (
        <Sheet key="mine" bench={bench} title={t("Your last answers")}>
          <Mine bench={bench} />
        </Sheet>
      );
    default:
      return null;
  }
}

interface SheetProps {
  readonly bench: Bench;
  readonly title: string;
  readonly wide?: boolean;
  /** Near the top, so that a list that grows and shrinks stays where the eye is. */
  readonly high?: boolean;
  readonly children: ComponentChildren;
}

function Sheet({ bench, title, wide, high, children }: SheetProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const before = document.activeElement;
    dialog.current?.showModal();
    const writing = dialog.current?.querySelector<HTMLElement>("textarea, [role=combobox]");
    (writing ?? dialog.current)?.focus();
    return () => before instanceof HTMLElement && before.isConnected && before.focus();
  }, []);
  const close = () => {
    bench.sheet.value = null;
  };
  return (
    <dialog
      ref={dialog}
      class={`sheet${wide ? " wide" : ""}${high ? " high" : ""}`}
      onClose={close}
      onCancel={close}
      tabIndex={-1}
      aria-label={title}
    >
      <header>
        <h2>{title}</h2>
        <button type="button" class="plain" aria-label={t("Close")} onClick={close}>
          ×
        </button>
      </header>
      {children}
    </dialog>
  );
}
