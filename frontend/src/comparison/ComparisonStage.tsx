import type { ComponentChildren } from "preact";
import { useMemo } from "preact/hooks";
import { press, shownTo } from "../kinds/ranking/hands";
import { placeOf, type RankingAnswer } from "../kinds/ranking/model";
import { Markdown } from "../markdown/Markdown";
import { t } from "../words";
import type { Bench } from "../workbench/bench";
import type { Field, Task } from "../workbench/boot";
import type { Session } from "../workbench/session";
import { comparisonOf, letterOf, type Reply } from "./body";

interface Props {
  readonly bench: Bench;
  readonly task: Task;
  /** What was answered to other questions, below. */
  readonly children?: ComponentChildren;
}

/** The prompt, and the answers side by side in this person's own order; one scroller, so that all move together. */
export function ComparisonStage({ bench: { session }, task, children }: Props) {
  const { prompt, answers } = useMemo(() => comparisonOf(task.item), [task.item]);
  const field = rankedBy(session);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: long answers are scrolled with the keyboard
    <div class="comparison" tabIndex={0} key={task.slot}>
      {prompt && (
        <section class="prompt" aria-label={t("The prompt")}>
          <Markdown text={prompt} />
        </section>
      )}
      <div class={`answers of-${Math.min(answers.length, 4)}`}>
        {shownTo(session, task.item).map((answer, at) => (
          <Card key={answer} {...{ session, field, answer, at }} reply={answers[answer]} />
        ))}
      </div>
      {children}
    </div>
  );
}

/** The question whose places stand on the answers: the one in hand, else the first that ranks. */
function rankedBy(session: Session): Field | undefined {
  const active = session.field.value;
  return active.kind === "ranking" ? active : session.rulebook.fields.find((field) => field.kind === "ranking");
}

interface CardProps {
  readonly session: Session;
  readonly field: Field | undefined;
  readonly answer: number;
  readonly at: number;
  readonly reply: Reply | undefined;
}

function Card({ session, field, answer, at, reply }: CardProps) {
  const place = field ? placeOf((session.answer(field) as RankingAnswer).order, answer) : null;
  const letter = letterOf(answer);
  const title = (
    <>
      <b>{letter}</b>
      {place !== null && <span class="place">{t("Place {place}", { place })}</span>}
    </>
  );
  return (
    <section class={place === 1 ? "answer first" : "answer"} aria-label={t("Answer {letter}", { letter })}>
      {field ? (
        <button
          type="button"
          class="name"
          aria-pressed={place !== null}
          aria-keyshortcuts={String(at + 1)}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => press(session, field, answer)}
        >
          {title}
          {at < 9 && <kbd>{at + 1}</kbd>}
        </button>
      ) : (
        <h2 class="name">{title}</h2>
      )}
      {reply ? <Markdown text={reply.text} /> : <p class="quiet">{t("This answer cannot be read.")}</p>}
    </section>
  );
}
