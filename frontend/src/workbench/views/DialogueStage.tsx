import { Component, type ComponentChildren } from "preact";
import { useLayoutEffect, useMemo, useRef } from "preact/hooks";
import { getKind } from "../../kinds";
import { pick, t } from "../../words";
import type { Bench } from "../bench";
import type { Label, Task } from "../boot";
import { speakersOf, type Turn, turnsOf } from "../dialogue";
import { turnFields } from "../partwork";
import type { Session } from "../session";
import { isSuggested, sureness } from "../suggested";
import "../dialogue.css";

/** What was said of a turn: a label with its colour, or a few words. */
interface Said {
  readonly text: string;
  readonly color: string | null;
  readonly suggested: boolean;
  /** How sure the suggestion is, "93%". */
  readonly sure: string | null;
}

/** What another answer says of it: what was judged, a correction, another annotator's. */
interface OtherSaid {
  readonly name: string;
  readonly color: string;
  readonly dashed: boolean;
  readonly text: string;
}

/** The dialogue as people know it: one speaker on the left, the others on the right, each with a name and a colour. */
export function DialogueStage({ bench, task, children }: { bench: Bench; task: Task; children?: ComponentChildren }) {
  const { session } = bench;
  const turns = turnsOf(task.item);
  const speakers = useMemo(() => speakersOf(turns), [turns]);
  const list = useRef<HTMLOListElement>(null);
  const held = session.turn.value;
  const asks = turnFields(session).length > 0;
  useLayoutEffect(() => {
    if (asks) list.current?.children[Number(held) - 1]?.scrollIntoView({ block: "nearest" });
  }, [held, asks]);
  const wrong = new Map(session.problems.value.map((problem) => [problem.shape, problem.check !== null]));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a long dialogue is scrolled with the keyboard
    <div class="talk" tabIndex={0} key={task.slot}>
      <ol ref={list}>
        {turns.map((turn, at) => (
          <Row
            key={at}
            turn={turn}
            number={at + 1}
            side={Math.max(0, speakers.indexOf(turn.speaker))}
            held={asks && held === String(at + 1)}
            asks={asks}
            state={wrong.has(String(at + 1)) ? (wrong.get(String(at + 1)) ? "wrong" : "open") : ""}
            said={JSON.stringify(saidOf(session, String(at + 1)))}
            others={JSON.stringify(othersOf(bench, String(at + 1)))}
            session={session}
          />
        ))}
      </ol>
      {children}
    </div>
  );
}

interface RowProps {
  readonly turn: Turn;
  readonly number: number;
  readonly side: number;
  readonly held: boolean;
  readonly asks: boolean;
  readonly state: string;
  /** As JSON, so that a row whose answers are the same is not drawn anew. */
  readonly said: string;
  readonly others: string;
  readonly session: Session;
}

/** A dialogue has hundreds of turns and an act changes one: the others are not drawn anew. */
class Row extends Component<RowProps> {
  override shouldComponentUpdate(next: RowProps): boolean {
    const { props } = this;
    return (Object.keys(next) as (keyof RowProps)[]).some((name) => next[name] !== props[name]);
  }

  override render(props: RowProps) {
    return <Bubble {...props} />;
  }
}

function Bubble({ turn, number, side, held, asks, state, said, others, session }: RowProps) {
  const about = t("Turn {n}, {speaker}", { n: number, speaker: turn.speaker });
  const take = () => {
    session.turn.value = String(number);
  };
  return (
    <li class={`turn s${side % 4} ${side % 2 ? "far" : "near"} ${held ? "held" : ""}`} aria-current={held}>
      <p class="who">
        <span class="num quiet">{number}</span> <b>{turn.speaker}</b>{" "}
        {turn.at && <time class="num quiet">{turn.at}</time>}
      </p>
      <p class="words" dir="auto">
        {turn.text}
      </p>
      {asks && (
        <p class="told">
          <button
            type="button"
            class="plain take"
            aria-label={about}
            onMouseDown={(e) => e.preventDefault()}
            onClick={take}
          />
          {(JSON.parse(said) as Said[]).map(({ text, color, suggested, sure }) => (
            <span class={suggested ? "chip suggested" : "chip"} key={text}>
              {color && <i class="swatch" style={{ background: color }} />}
              {text} {sure}
            </span>
          ))}
          {(JSON.parse(others) as OtherSaid[]).map(({ name, color, text, dashed }) => (
            <span class={`chip other${dashed ? " dashed" : ""}`} style={{ borderColor: color }} key={name}>
              {text}
            </span>
          ))}
          {state === "open" && <span class="gap">{t("Not answered yet")}</span>}
          {state === "wrong" && <span class="bad">{t("A check does not hold")}</span>}
        </p>
      )}
    </li>
  );
}

function saidOf(session: Session, turn: string): Said[] {
  return turnFields(session).flatMap((field) => {
    if (!session.asking.value.asksOf(field, turn)) return [];
    const kind = getKind(field.kind);
    const answer = session.answerOf(field, turn);
    if (kind.isEmpty(answer)) return [];
    const lit = kind.lit(answer, null, null);
    const how = { suggested: isSuggested(answer), sure: sureness(answer) };
    if (lit.length === 0)
      return [{ text: `${pick(field.title)} ${kind.summary(answer, session.labels)}`, color: null, ...how }];
    return lit.map((id) => ({ ...named(session.labels.get(id), id), ...how }));
  });
}

/** What other answers say of a turn, where it is not the same. */
function othersOf(bench: Bench, turn: string): OtherSaid[] {
  const mine = saidOf(bench.session, turn).map(({ text }) => text);
  return bench.others.value.flatMap(({ parts: { name, color, dashed = false }, session }) => {
    // A label of another answer bears its name already.
    const mark = ` · ${name}`;
    const text = saidOf(session, turn).map((each) => each.text.replace(mark, ""));
    const same = text.length === mine.length && text.every((each, at) => each === mine[at]);
    return same ? [] : [{ name, color, dashed, text: `${text.join(", ") || "–"}${mark}` }];
  });
}

function named(label: Label | undefined, id: string): Pick<Said, "text" | "color"> {
  return { text: label ? pick(label.name) : id, color: label?.color ?? "#888888" };
}
