import type { ComponentChildren } from "preact";
import { ComparisonStage } from "../../comparison/ComparisonStage";
import { getKind } from "../../kinds";
import { isOfParts } from "../../kinds/each";
import { LazySound } from "../../sound/LazySound";
import { pick, t } from "../../words";
import { type Bench, sentence } from "../bench";
import type { Field, Task } from "../boot";
import type { Session } from "../session";
import { isSuggested, sureness } from "../suggested";
import { DialogueStage } from "./DialogueStage";
import { Finding } from "./Finding";
import { ImageStage } from "./ImageStage";
import { Suggestion } from "./Suggestion";

/** `nothing` is what the page says when no item is left, where that is not the workbench's own sentence. */
export function Stage({ bench, nothing }: { bench: Bench; nothing?: ComponentChildren }) {
  const task = bench.session.task.value;
  return (
    <main class="stage">
      {task ? (
        <div class="over">
          <Note bench={bench} task={task} />
          <Suggestion bench={bench} />
        </div>
      ) : (
        <Nothing bench={bench}>{nothing}</Nothing>
      )}
      {task && <Shown bench={bench} task={task} />}
      {task && <Desks key={task.slot} bench={bench} />}
      {bench.notice.value && (
        <p class={`notice ${bench.notice.value.tone}`} role="status">
          {bench.notice.value.text}
        </p>
      )}
    </main>
  );
}

/** Whether the answer stands as a word or two under the text. */
const isChip = (field: Field) =>
  !getKind(field.kind).Reader && !getKind(field.kind).Layer && !getKind(field.kind).Desk && !isOfParts(field);

/** Where answers are written, below the item, one under the other. */
function Desks({ bench }: { bench: Bench }) {
  const desks = bench.session.rulebook.fields.flatMap((field) => {
    const { Desk } = getKind(field.kind);
    return Desk && bench.session.isAsked(field) ? [<Desk key={field.id} {...{ bench, field }} />] : [];
  });
  return desks.length > 0 ? <div class="desks">{desks}</div> : null;
}

/** Why the item is here again: sent back for rework, refused, or opened to be corrected. */
function Note({ bench, task }: { bench: Bench; task: Task }) {
  const refusal = bench.refusalOf(task);
  if (refusal) {
    return (
      <div class="note bad">
        <p>
          <b>{t("Refused")}</b> {refusal.message} {refusal.next}
        </p>
        <ul>
          {problems(refusal.details).map((each) => (
            <li key={each}>{each}</li>
          ))}
        </ul>
        <button type="button" onMouseDown={(event) => event.preventDefault()} onClick={() => bench.giveUp()}>
          {t("Give this answer up")}
        </button>
      </div>
    );
  }
  if (task.found) return <Finding bench={bench} found={task.found} />;
  if (task.note) {
    return (
      <div class="note">
        <p>
          <b>{t("Came back")}</b> {task.note}
        </p>
      </div>
    );
  }
  if (task.lease !== "") return null;
  return (
    <div class="note">
      <p>
        <b>{t("Correcting")}</b> {t("You are changing your own earlier answer; submitting makes a new revision.")}
      </p>
    </div>
  );
}

function problems(details: Readonly<Record<string, unknown>>): string[] {
  const list = Array.isArray(details.problems) ? (details.problems as { message?: string; next?: string }[]) : [];
  return [...new Set(list.map((each) => `${each.message ?? ""} ${each.next ?? ""}`.trim()))];
}

function Shown({ bench, task }: { bench: Bench; task: Task }) {
  if (task.item.media === "image") return <ImageStage bench={bench} />;
  if (task.item.media === "dialogue") {
    const beside = bench.session.rulebook.fields.filter((field) => !isOfParts(field) && !getKind(field.kind).Desk);
    return (
      <DialogueStage bench={bench} task={task}>
        <Chips bench={bench} fields={beside} />
      </DialogueStage>
    );
  }
  if (task.item.media === "audio") {
    const beside = bench.session.rulebook.fields.filter((field) => !getKind(field.kind).timeline && !isOfParts(field));
    return (
      <LazySound bench={bench} task={task}>
        <Chips bench={bench} fields={beside} />
      </LazySound>
    );
  }
  if (task.item.media !== "comparison") return <TextStage bench={bench} task={task} />;
  const beside = bench.session.rulebook.fields.filter(({ kind }) => kind !== "ranking" && !getKind(kind).Desk);
  return (
    <ComparisonStage bench={bench} task={task}>
      <Chips bench={bench} fields={beside} />
    </ComparisonStage>
  );
}

function TextStage({ bench, task }: { bench: Bench; task: Task }) {
  const { session } = bench;
  const text = task.item.text ?? "";
  const read = readIn(session);
  const Reader = read && getKind(read.kind).Reader;
  const chosen = session.rulebook.fields.filter(isChip);
  const chips = <Chips bench={bench} fields={chosen} />;
  if (read && Reader) {
    return (
      <Reader key={task.slot} {...{ bench, task }} field={read}>
        {chips}
      </Reader>
    );
  }
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a long text is scrolled with the keyboard
    <div class="reading" tabIndex={0} key={task.slot}>
      <article class={text.length > 400 ? "text long" : "text"} dir="auto">
        {text}
      </article>
      {chips}
    </div>
  );
}

function Chips({ bench, fields }: { bench: Bench; fields: readonly Field[] }) {
  const asked = fields.filter((field) => bench.session.asking.value.asks(field));
  if (asked.length === 0) return null;
  return (
    <p class="chosen">
      {asked.map((field) => (
        <Chosen key={field.id} {...{ bench }} id={field.id} />
      ))}
    </p>
  );
}

/** The field whose marks are shown in the text: the active one, else the first that has any. */
function readIn(session: Session): Field | undefined {
  const marks = (field: Field) => getKind(field.kind).Reader !== undefined;
  const held = session.field.value;
  const of = getKind(held.kind).leans?.on(held);
  const active = of === undefined ? held : session.getField(of);
  return marks(active) ? active : session.rulebook.fields.find(marks);
}

/** The answer under the text, so that the eye need not leave it. */
function Chosen({ bench: { session }, id }: { bench: Bench; id: string }) {
  const field = session.getField(id);
  const kind = getKind(field.kind);
  const lit = kind.isEmpty(session.answer(field)) ? [] : kind.lit(session.answer(field), null, null);
  if (lit.length === 0 && !kind.isEmpty(session.answer(field))) {
    return <span class="chip">{kind.summary(session.answer(field), session.labels)}</span>;
  }
  if (lit.length === 0) return field.required ? <span class="gap">{t("Not answered yet")}</span> : null;
  return (
    <>
      {lit.map((label) => (
        <span class={isSuggested(session.answer(field)) ? "chip suggested" : "chip"} key={label}>
          <i class="swatch" style={{ background: session.labels.get(label)?.color ?? "#888" }} />
          {pick(session.labels.get(label)?.name ?? { zh: label, en: label })} {sureness(session.answer(field))}
        </span>
      ))}
    </>
  );
}

function Nothing({ bench, children }: { bench: Bench; children?: ComponentChildren }) {
  const { queue, closed, parts } = bench;
  if (!closed.value && bench.mayCome.value) {
    return <p class="nothing quiet">{t("Fetching the next items …")}</p>;
  }
  const trouble = queue.state.value === "trouble" && queue.trouble.value;
  if (children && !closed.value && !trouble) return <div class="nothing">{children}</div>;
  const over = bench.paused.value ? t("This round is paused") : t("This round is closed");
  const title = closed.value ? over : trouble ? t("No next item") : t("Nothing left for you here");
  return (
    <div class="nothing">
      <h2>{title}</h2>
      <p class="quiet">
        {trouble ? sentence(trouble) : t("Everything you submitted is kept. New items may still come back to you.")}
      </p>
      <div class="acts">
        <a class="button primary" href={parts.boot.urls.back}>
          {t("Back to my work")}
        </a>
        {!closed.value && (
          <button type="button" onClick={() => bench.next()}>
            {t("Look again")}
          </button>
        )}
      </div>
    </div>
  );
}
