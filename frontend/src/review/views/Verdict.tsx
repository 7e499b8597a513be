import { useLayoutEffect, useRef } from "preact/hooks";
import { getKind } from "../../kinds";
import { splitChange, type TextChange } from "../../kinds/text/change";
import { pick, t } from "../../words";
import { changeLines } from "../../workbench/changes";
import { Key } from "../../workbench/views/Key";
import { keepFocus } from "../../workbench/views/Labels";
import type { Named } from "../boot";
import type { Difference } from "../differences";
import type { Inspection } from "../inspection";
import { Clause } from "./Clause";

/** What the inspector says of the item: pass, or what is wrong, how badly, by which clause. */
export function Verdict({ bench }: { bench: Inspection }) {
  const form = useRef<HTMLFormElement>(null);
  const wish = bench.stating.value;
  const task = bench.judged.value;
  useLayoutEffect(() => {
    if (wish > 0) focusOn(form.current);
  }, [wish]);
  useLayoutEffect(() => {
    // the next item begins with the hands on the item, not in the form of the one before
    if (form.current?.contains(document.activeElement)) (document.activeElement as HTMLElement).blur();
  }, [task?.slot]);
  if (!task) return null;
  const wrong = bench.saysDefect.value;
  return (
    <form
      ref={form}
      class="verdict"
      aria-label={t("Verdict")}
      onSubmit={(event) => event.preventDefault()}
      onKeyDown={(event) => pressed(event, bench)}
    >
      <Corrected bench={bench} />
      <Choices
        legend={t("What is wrong")}
        name="type"
        of={bench.types}
        value={bench.type.value}
        numbered
        onPick={(id) => {
          bench.chosen.value = id;
        }}
      />
      <Choices
        legend={t("Severity")}
        name="severity"
        of={bench.boot.severities}
        value={bench.severity.value}
        hint="+ −"
        onPick={(id) => {
          bench.severity.value = id;
        }}
      />
      <Clause bench={bench} />
      <label class="noted">
        <span>{t("Note for the annotator")}</span>
        <textarea
          rows={2}
          maxLength={2000}
          value={bench.note.value}
          onInput={(event) => {
            bench.note.value = event.currentTarget.value;
          }}
        />
      </label>
      <div class="acts">
        <button type="button" class={wrong ? "" : "primary"} onMouseDown={keepFocus} onClick={() => bench.pass()}>
          {t("Pass")} <Key bench={bench} act="pass" />
        </button>
        <button type="button" class={wrong ? "primary" : ""} onMouseDown={keepFocus} onClick={() => bench.defect()}>
          {t("Defect")} <Key bench={bench} act="defect" />
        </button>
      </div>
    </form>
  );
}

function focusOn(form: HTMLFormElement | null): void {
  const radios = [...(form?.querySelectorAll<HTMLInputElement>("input[name=type]") ?? [])];
  (radios.find((each) => each.checked) ?? radios[0])?.focus();
}

/** The form's own keys, while the focus is in it. */
function pressed(event: KeyboardEvent, bench: Inspection): void {
  const writing = event.target instanceof HTMLTextAreaElement;
  if (event.isComposing) return;
  if (event.key === "Escape") {
    (event.target as HTMLElement).blur();
    event.stopPropagation();
  } else if (event.key === "Enter" && (!writing || event.ctrlKey || event.metaKey)) {
    if ((event.target as HTMLElement).tagName === "BUTTON") return;
    event.preventDefault();
    bench.defect();
  } else if (!writing && !event.ctrlKey && !event.altKey && !event.metaKey) act(event, bench);
}

function act(event: KeyboardEvent, bench: Inspection): void {
  const nth = bench.types[Number(event.key) - 1];
  const keys: Readonly<Record<string, () => void>> = {
    "+": () => bench.worse(1),
    "=": () => bench.worse(1),
    "-": () => bench.worse(-1),
    d: () => bench.defect(),
    p: () => bench.pass(),
  };
  const run = keys[event.key.toLowerCase()];
  if (nth) bench.chosen.value = nth.id;
  else if (run) run();
  else return;
  event.preventDefault();
}

interface Picking {
  readonly legend: string;
  readonly name: string;
  readonly of: readonly Named[];
  readonly value: string | null;
  readonly numbered?: boolean;
  readonly hint?: string;
  readonly onPick: (id: string) => void;
}

function Choices({ legend, name, of, value, numbered, hint, onPick }: Picking) {
  return (
    <fieldset>
      <legend>
        {legend} {hint && <kbd>{hint}</kbd>}
      </legend>
      <div class="picks">
        {of.map((each, at) => (
          <label key={each.id} class={each.id === value ? "on" : ""}>
            <input type="radio" name={name} checked={each.id === value} onChange={() => onPick(each.id)} />
            <span>{each.name}</span>
            {numbered && of.length > 1 && <kbd>{at + 1}</kbd>}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

/** What the inspector says instead, in a line a field, with the way back. */
function Corrected({ bench }: { bench: Inspection }) {
  const found = bench.differences.value;
  if (bench.boot.reads) return null;
  if (found.length === 0) return <p class="quiet">{t("Change the answer to say what it should have been.")}</p>;
  return (
    <div class="corrected">
      <b>{t("Corrected")}</b>
      <ul>
        {found.map((each) => (
          <li key={each.field.id}>
            <Change bench={bench} {...each} />
          </li>
        ))}
      </ul>
      <p>
        <button type="button" onMouseDown={keepFocus} onClick={() => bench.takeBack()}>
          {t("Take back")} <Key bench={bench} act="take-back" />
        </button>
        <label>
          <input
            type="checkbox"
            checked={bench.showsJudged.value}
            onChange={(event) => {
              bench.showsJudged.value = event.currentTarget.checked;
            }}
          />
          {t("Show what was judged")} <Key bench={bench} act="show-judged" />
        </label>
      </p>
    </div>
  );
}

/** A text with what was taken out of it and what was put in, amid what stayed. */
function Rewritten({ head, was, is, tail }: TextChange) {
  return (
    <span class="whole" dir="auto">
      {head}
      {was && <del>{was}</del>}
      {is && <ins>{is}</ins>}
      {tail}
    </span>
  );
}

/** So many parts are told one by one. */
const MOST_TOLD = 12;

function Change({ bench, field, before, after }: Difference & { bench: Inspection }) {
  const { session } = bench;
  const lines = changeLines(session, field, before, after, session.answers.value);
  const whole = getKind(field.kind).whole !== undefined;
  const left = lines.length - MOST_TOLD;
  return (
    <>
      {session.rulebook.fields.length > 1 && <span class="quiet">{pick(field.title)} </span>}
      {lines.slice(0, MOST_TOLD).map(({ name, was, is }) => (
        <span class={name === null ? "" : "part"} key={name ?? ""}>
          {name !== null && <span class="quiet">{name} </span>}
          <Line {...{ was, is, whole }} />
        </span>
      ))}
      {left > 0 && <span class="part quiet">{t("and {n} more", { n: left })}</span>}
    </>
  );
}

function Line({ was, is, whole }: { was: string; is: string; whole: boolean }) {
  if (was === is)
    return (
      <>
        {is} <span class="quiet">{t("drawn anew")}</span>
      </>
    );
  if (whole && was !== "–" && is !== "–") return <Rewritten {...splitChange(was, is)} />;
  return (
    <>
      <del>{was}</del> → <ins>{is}</ins>
    </>
  );
}
