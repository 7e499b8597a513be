import { useLayoutEffect, useState } from "preact/hooks";
import { t } from "../../words";
import { type Action, allActions, GROUPS, type Group } from "../actions";
import type { Bench } from "../bench";
import { chord } from "../keymap";
import { matches } from "../matching";
import { isKey, whyNot } from "../remap";
import { groupName } from "./Help";
import { keyName } from "./keys";

/** Every act with its keys, each of which can be another: press the button, press the key. */
export function Keys({ bench }: { bench: Bench }) {
  const [words, setWords] = useState("");
  const { settings } = bench;
  const acts = allActions(bench).filter((act) => words === "" || matches(textOf(act), words));
  const changed = Object.keys(settings.keys.value).length > 0;
  const resetAll = () => {
    settings.keys.value = {};
  };
  return (
    <div class="remap">
      <p class="quiet">
        {t("Press a key's button, then the key you want. What you choose is kept in this browser, for you alone.")}
      </p>
      <div class="acts">
        <label class="search">
          <span class="unseen">{t("Search the acts")}</span>
          <input
            type="text"
            placeholder={t("Search the acts")}
            value={words}
            onInput={(event) => setWords(event.currentTarget.value.trim())}
          />
        </label>
        <button type="button" disabled={!changed} onClick={resetAll}>
          {t("Give all acts their own keys back")}
        </button>
      </div>
      {GROUPS.map((group) => (
        <GroupKeys key={group} bench={bench} group={group} acts={acts.filter((act) => act.group === group)} />
      ))}
      {acts.length === 0 && <p class="quiet">{t("No act has these words.")}</p>}
    </div>
  );
}

const textOf = (act: Action): string => [act.label(), ...act.keys, ...(act.sought ?? [])].join(" ");

function GroupKeys({ bench, group, acts }: { bench: Bench; group: Group; acts: readonly Action[] }) {
  if (acts.length === 0) return null;
  return (
    <section>
      <h3>{groupName(group)}</h3>
      <ul>
        {acts.map((act) => (
          <ActKeys key={`${act.kind ?? ""} ${act.id}`} bench={bench} act={act} />
        ))}
      </ul>
    </section>
  );
}

type Refused = { readonly key: string; readonly why: string };

function ActKeys({ bench, act }: { bench: Bench; act: Action }) {
  const { settings } = bench;
  const [refused, setRefused] = useState<Refused | null>(null);
  const [listening, listen] = useState(false);
  const chosen = settings.keys.value[act.id];
  const name = act.label();
  const take = (key: string) => {
    listen(false);
    const why = whyNot(allActions(bench), act, key);
    setRefused(why === null ? null : { key, why });
    if (why === null) settings.choose(act.id, [key]);
  };
  return (
    <li class={chosen ? "changed" : ""}>
      <span class="name">{name}</span>
      <Listener {...{ name, listening, listen, take }} keys={act.keys} />
      <span class="more">
        {act.keys.length > 0 && act.id !== "submit" && (
          <button
            type="button"
            class="plain quiet"
            aria-label={t("Take the key away from “{act}”", { act: name })}
            title={t("Take the key away")}
            onClick={() => settings.choose(act.id, [])}
          >
            ×
          </button>
        )}
        {chosen && (
          <button
            type="button"
            class="plain quiet"
            aria-label={t("Give “{act}” its own key back", { act: name })}
            onClick={() => {
              settings.choose(act.id, undefined);
              setRefused(null);
            }}
          >
            {t("Reset")}
          </button>
        )}
      </span>
      {refused && (
        <p class="bad" role="alert">
          {refused.why}
        </p>
      )}
    </li>
  );
}

interface ListenerProps {
  readonly keys: readonly string[];
  /** What the key is for. */
  readonly name: string;
  readonly listening: boolean;
  readonly listen: (on: boolean) => void;
  readonly take: (key: string) => void;
}

/** A button that, once pressed, takes the next key for its own; Esc lets it be. */
function Listener({ keys, name, listening, listen, take }: ListenerProps) {
  // At once: the next key is already the one.
  useLayoutEffect(() => {
    if (!listening) return;
    const scope = new AbortController();
    const hear = (event: KeyboardEvent) => {
      event.preventDefault();
      event.stopImmediatePropagation();
      const key = chord(event);
      if (key === "Escape") listen(false);
      else if (isKey(key)) take(key);
    };
    window.addEventListener("keydown", hear, { capture: true, signal: scope.signal });
    return () => scope.abort();
  }, [listening, listen, take]);
  return (
    <button
      type="button"
      class={listening ? "key listening" : "key"}
      onClick={() => listen(true)}
      onBlur={() => listen(false)}
    >
      {!listening && <span class="unseen">{name}: </span>}
      {listening
        ? t("Press the new key, or Esc")
        : keys.length > 0
          ? keys.map((key) => <kbd key={key}>{keyName(key)}</kbd>)
          : t("no key")}
    </button>
  );
}
