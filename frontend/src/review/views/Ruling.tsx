import { useLayoutEffect, useRef } from "preact/hooks";
import { inFull, kindOf } from "../../kinds";
import { pick, t } from "../../words";
import { readAnswers } from "../../workbench/session";
import { Key } from "../../workbench/views/Key";
import { keepFocus } from "../../workbench/views/Labels";
import { type Adjudication, colorOf } from "../adjudication";
import type { Case } from "../boot";
import { Clause } from "./Clause";

/** Who answered what, how far they agree, and the ruling. */
export function Ruling({ bench }: { bench: Adjudication }) {
  const task = bench.case.value;
  const reason = useRef<HTMLTextAreaElement>(null);
  const wish = bench.reasoning.value;
  useLayoutEffect(() => {
    if (wish > 0) reason.current?.focus();
  }, [wish]);
  useLayoutEffect(() => reason.current?.blur(), [task?.slot]);
  if (!task) return null;
  const press = (event: KeyboardEvent) => {
    if (event.isComposing) return;
    if (event.key === "Escape") reason.current?.blur();
    if (event.key !== "Enter" || event.shiftKey) return;
    event.preventDefault();
    bench.submit();
  };
  return (
    <form class="verdict" aria-label={t("Ruling")} onSubmit={(event) => event.preventDefault()}>
      <Voices bench={bench} task={task} />
      {task.ruling && (
        <p class="before">
          <b>{t("Ruled before")}</b> {task.ruling.text}{" "}
          {task.ruling.clause && <span class="num">{task.ruling.clause}</span>}
        </p>
      )}
      <label class="noted">
        <span>
          {t("Why it is right")} <Key bench={bench} act="reason" />
        </span>
        <textarea
          ref={reason}
          rows={2}
          maxLength={4000}
          value={bench.text.value}
          onKeyDown={press}
          onInput={(event) => {
            bench.text.value = event.currentTarget.value;
          }}
        />
      </label>
      <Clause bench={bench} />
      <div class="acts">
        <button type="button" class="primary" onMouseDown={keepFocus} onClick={() => bench.submit()}>
          {t("Rule")} <Key bench={bench} act="rule" />
        </button>
        <button type="button" onMouseDown={keepFocus} onClick={() => bench.later()}>
          {t("Later")} <Key bench={bench} act="later" />
        </button>
      </div>
    </form>
  );
}

function Voices({ bench, task }: { bench: Adjudication; task: Case }) {
  const named = task.voices.some((voice) => voice.names !== null);
  return (
    <div class="voices">
      <h2>
        {t("Their answers")} <Overall bench={bench} task={task} />
      </h2>
      <ol>
        {task.voices.map((voice, at) => (
          <VoiceRow key={voice.letters.join(" ")} {...{ bench, task, at }} />
        ))}
      </ol>
      <p class="quiet">
        <Key bench={bench} act="look-next" /> {t("one at a time")}
        {named && (
          <label>
            <input
              type="checkbox"
              checked={bench.showsNames.value}
              onChange={(event) => {
                bench.showsNames.value = event.currentTarget.checked;
              }}
            />
            {t("Show names")}
          </label>
        )}
      </p>
    </div>
  );
}

/** How far all of them agree, by field. */
function Overall({ bench, task }: { bench: Adjudication; task: Case }) {
  const { fields } = bench.session.rulebook;
  return (
    <small class="quiet">
      {fields.map((field) => (
        <span key={field.id}>
          {fields.length > 1 && `${pick(field.title)} `}
          {t("agreement {share}", { share: (task.agreement[field.id]?.overall ?? 1).toFixed(2) })}{" "}
        </span>
      ))}
      {task.lean && <Lean lean={task.lean} />}
    </small>
  );
}

/** What consensus would have made of it, had it been surer. */
function Lean({ lean }: { lean: NonNullable<Case["lean"]> }) {
  const places = { method: lean.method, share: lean.confidence.toFixed(2), letters: lean.letters.join(" ") };
  return (
    <span class="num">
      {lean.letters.length > 0
        ? t("{method} leans to {letters}, {share}", places)
        : t("{method} leans to an answer of its own, {share}", places)}
    </span>
  );
}

function VoiceRow({ bench, task, at }: { bench: Adjudication; task: Case; at: number }) {
  const voice = task.voices[at];
  if (!voice) return null;
  const on = bench.picked.value === at;
  const look = (place: number | null) => () => {
    bench.looking.value = place;
  };
  const names = bench.showsNames.value ? voice.names?.join(", ") : null;
  return (
    <li class={[on && "on", bench.looking.value === at && "alone-shown"].filter(Boolean).join(" ")}>
      <button
        type="button"
        aria-pressed={on}
        onMouseDown={keepFocus}
        onClick={() => bench.pick(at)}
        onPointerEnter={look(at)}
        onPointerLeave={look(null)}
      >
        <i class="swatch" style={{ background: colorOf(at) }} />
        <b>{voice.letters.join(" ")}</b>
        <span class="name">
          {names && <span class="quiet">{names} </span>}
          <Said bench={bench} task={task} at={at} />
        </span>
        <span class="num quiet" title={t("How far it agrees with the others")}>
          {shareOf(task, at)}
        </span>
        <Key bench={bench} act={`pick-${at + 1}`} />
      </button>
    </li>
  );
}

function Said({ bench, task, at }: { bench: Adjudication; task: Case; at: number }) {
  const { rulebook, labels } = bench.session;
  const answers = readAnswers(rulebook, task.voices[at]?.answers ?? {});
  const several = rulebook.fields.length > 1;
  return (
    <>
      {rulebook.fields.map((field) => {
        const kind = kindOf(field);
        const answer = answers[field.id];
        const said = answer && !kind.isEmpty(answer) ? inFull(field, answer, labels) : "";
        return (
          <span key={field.id} class={several ? "said" : ""}>
            {several && <span class="quiet">{pick(field.title)} </span>}
            {said || <span class="quiet">{t("nothing marked")}</span>}
          </span>
        );
      })}
    </>
  );
}

/** Its mean agreement with the other answers, over all fields. */
function shareOf(task: Case, at: number): string {
  const all = Object.values(task.agreement).flatMap(({ shares }) =>
    (shares[at] ?? []).filter((_, other) => other !== at),
  );
  return all.length > 0 ? (all.reduce((sum, share) => sum + share, 0) / all.length).toFixed(2) : "";
}
