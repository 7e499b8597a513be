import { signal } from "@preact/signals";
import { useId, useLayoutEffect, useRef } from "preact/hooks";
import { pick, t } from "../../words";
import type { Bench } from "../../workbench/bench";
import type { Field } from "../../workbench/boot";
import type { Session } from "../../workbench/session";
import { Key } from "../../workbench/views/Key";
import { countOf, faultsOf, limitsOf, type TextAnswer, tidied } from "./model";

/** Counts the wishes to write, so that the field in hand can take the focus. */
const wishes = signal(0);
let granted = 0;

export function wishToWrite(): void {
  wishes.value += 1;
}

type Box = HTMLTextAreaElement | HTMLInputElement;

/**
 * Where a text is written, below the item. The element holds what is typed; the answer follows it, and it follows the
 * answer only where that was changed elsewhere (undo, a draft): an input method at work must not be written over.
 */
export function Desk({ bench, field }: { bench: Bench; field: Field }) {
  const { session } = bench;
  const name = useId();
  const box = useRef<Box>(null);
  const composing = useRef(false);
  const { text } = session.answer(field) as TextAnswer;
  const active = session.fieldId.value === field.id;
  const { multiline, placeholder } = limitsOf(field);
  const faults = faultsOf({ kind: "text", text }, field);
  useLayoutEffect(() => {
    if (box.current && !composing.current && box.current.value !== text) box.current.value = text;
  });
  useTakingFocus(bench, field, box);
  const take = (value: string) => {
    if (session.fieldId.peek() !== field.id) session.activate(field.id);
    session.change(field, { kind: "text", text: value } as TextAnswer, { merge: "write" });
  };
  const hands = {
    onFocus: () => session.activate(field.id),
    onInput: (event: { isComposing?: boolean; currentTarget: Box }) => {
      if (event.isComposing !== true && !composing.current) take(event.currentTarget.value);
    },
    onCompositionStart: () => {
      composing.current = true;
    },
    onCompositionEnd: (event: { currentTarget: Box }) => {
      composing.current = false;
      take(event.currentTarget.value);
    },
    onKeyDown: (event: KeyboardEvent) => press(event, bench, multiline),
  };
  const shared = {
    id: name,
    dir: "auto" as const,
    placeholder: pick(placeholder),
    spellcheck: true,
    autocomplete: "off" as const,
    "aria-describedby": `${name}-says`,
    "aria-invalid": faults.length > 0,
    ...hands,
  };
  return (
    <section class={active ? "writing" : "writing resting"}>
      <span class="asked">
        <label for={name}>{pick(field.title)}</label> {active && <Key bench={bench} act="write" />}
      </span>
      <Count text={text} field={field} bad={faults.length > 0} />
      {multiline ? (
        <textarea ref={box as { current: HTMLTextAreaElement | null }} rows={2} {...shared} />
      ) : (
        <input ref={box as { current: HTMLInputElement | null }} type="text" {...shared} />
      )}
      <p id={`${name}-says`} class={faults.length > 0 ? "bad" : "quiet"}>
        {faults[0]?.text ?? t("Escape leaves the field, Ctrl+Enter submits.")}
      </p>
    </section>
  );
}

function Count({ text, field, bad }: { text: string; field: Field; bad: boolean }) {
  const { max } = limitsOf(field);
  return (
    <span class={bad ? "num bad" : "num quiet"}>
      {countOf(tidied(text))} / {max}
    </span>
  );
}

/** The first question of a new item is written at once; any other when a key asks for it. */
function useTakingFocus(bench: Bench, field: Field, box: { readonly current: Box | null }): void {
  const { session } = bench;
  const active = session.fieldId.value === field.id;
  const wished = wishes.value;
  useLayoutEffect(() => {
    const first = session.rulebook.fields[0]?.id === field.id;
    if (first && active && !bench.lacks.has("submit") && bench.sheet.peek() === null) box.current?.focus();
  }, []);
  useLayoutEffect(() => {
    if (!active || wished === granted) return;
    granted = wished;
    box.current?.focus();
  }, [wished, active]);
}

function press(event: KeyboardEvent, bench: Bench, multiline: boolean): void {
  // 229: the key is the input method's, also where a browser ended the composition before it told of the key
  if (event.isComposing || event.keyCode === 229) return;
  if (event.key === "Escape") (event.currentTarget as Box).blur();
  const submits = event.key === "Enter" && (event.ctrlKey || event.metaKey || !multiline);
  if (!submits || event.repeat) return;
  event.preventDefault();
  bench.submit();
}

/** In the list of labels: how far the text is, and the way to it. */
export function Line({ session, field }: { session: Session; field: Field }) {
  const { text } = session.answer(field) as TextAnswer;
  const count = countOf(tidied(text));
  const go = () => {
    session.activate(field.id);
    wishToWrite();
  };
  return (
    <ul>
      <li class={session.fieldId.value === field.id ? "on" : ""}>
        <button type="button" onMouseDown={(event) => event.preventDefault()} onClick={go}>
          <span class="name">{count > 0 ? t("{n} characters written", { n: count }) : t("Write below the item")}</span>
        </button>
      </li>
    </ul>
  );
}
