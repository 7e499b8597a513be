import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { t } from "../../words";
import type { Bench } from "../bench";
import { Help } from "./Help";
import { Mine } from "./Mine";
import { Question } from "./Question";

/** The sheet that lies over the workbench, if any. */
export function Sheets({ bench }: { bench: Bench }) {
  switch (bench.sheet.value) {
    case "help":
      return (
        <Sheet bench={bench} title={t("All keys and settings")} wide>
          <Help bench={bench} />
        </Sheet>
      );
    case "question":
      return (
        <Sheet bench={bench} title={t("Ask the trainer")}>
          <Question bench={bench} />
        </Sheet>
      );
    case "mine":
      return (
        <Sheet bench={bench} title={t("Your last answers")}>
          <Mine bench={bench} />
        </Sheet>
      );
    default:
      return null;
  }
}

function Sheet(props: { bench: Bench; title: string; wide?: boolean; children: ComponentChildren }) {
  const { bench, title, wide, children } = props;
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    dialog.current?.showModal();
    const writing = dialog.current?.querySelector("textarea");
    (writing ?? dialog.current)?.focus();
  }, []);
  const close = () => {
    bench.sheet.value = null;
  };
  return (
    <dialog
      ref={dialog}
      class={wide ? "sheet wide" : "sheet"}
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
