import { batch } from "@preact/signals";
import { useEffect, useState } from "preact/hooks";
import { t } from "../../words";
import { type Action, allActions } from "../actions";
import type { Bench } from "../bench";
import { type BothWords, bothWords, findActs } from "../palette";
import { groupName } from "./Help";
import { keyName } from "./keys";

/** What can be done now, found by its name: words in, Enter does it. */
export function Palette({ bench }: { bench: Bench }) {
  const [text, setText] = useState("");
  const [at, setAt] = useState(0);
  const [both, setBoth] = useState<BothWords>({});
  useEffect(() => {
    let here = true;
    void bothWords(bench).then((words) => here && setBoth(words));
    return () => {
      here = false;
    };
  }, [bench]);
  const found = findActs(bench, allActions(bench), text, both);
  const held = Math.min(at, found.length - 1);
  useEffect(() => {
    document.getElementById(rowId(held))?.scrollIntoView({ block: "nearest" });
  }, [held]);
  const run = (action: Action | undefined) => {
    if (!action) return;
    batch(() => {
      bench.sheet.value = null;
      action.run(bench);
    });
  };
  const steer = (event: KeyboardEvent) => {
    if (event.isComposing || event.keyCode === 229) return;
    const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 };
    const step = steps[event.key];
    if (step !== undefined && found.length > 0) setAt((held + step + found.length) % found.length);
    else if (event.key === "Enter") run(found[held]);
    else return;
    event.preventDefault();
  };
  return (
    <div class="palette">
      <input
        type="text"
        role="combobox"
        aria-expanded="true"
        aria-controls="palette-list"
        aria-autocomplete="list"
        aria-label={t("Find an act by its name")}
        {...(found.length > 0 && { "aria-activedescendant": rowId(held) })}
        placeholder={t("Find an act by its name")}
        autocomplete="off"
        value={text}
        onInput={(event) => {
          setText(event.currentTarget.value);
          setAt(0);
        }}
        onKeyDown={steer}
      />
      <div id="palette-list" role="listbox" aria-label={t("What can be done now")}>
        {found.map((action, n) => (
          <Row key={action.id} action={action} n={n} held={n === held} run={run} />
        ))}
      </div>
      {found.length === 0 && (
        <p class="quiet" role="status">
          {t("Nothing that can be done now has these words.")}
        </p>
      )}
    </div>
  );
}

const rowId = (n: number) => `palette-${n}`;

function Row(props: { action: Action; n: number; held: boolean; run: (action: Action) => void }) {
  const { action, n, held, run } = props;
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the field keeps the focus and points here
    // biome-ignore lint/a11y/useKeyWithClickEvents: the field takes the keys
    <div id={rowId(n)} role="option" aria-selected={held} class={held ? "on" : ""} onClick={() => run(action)}>
      <span class="name">{action.label()}</span>
      <small class="quiet">{groupName(action.group)}</small>
      <span class="held">
        {action.keys.map((key) => (
          <kbd key={key}>{keyName(key)}</kbd>
        ))}
      </span>
    </div>
  );
}
