import { useLayoutEffect, useMemo } from "preact/hooks";
import type { Rect } from "../../plane";
import { t } from "../../words";
import type { Bench } from "../../workbench/bench";
import type { Field } from "../../workbench/boot";
import type { Session } from "../../workbench/session";
import { isSuggested, sureness } from "../../workbench/suggested";
import type { LayerProps, Linking } from "../kind";
import type { SpanAnswer, TextSpan } from "../span/model";
import { wordsOf } from "../span/words";
import { ABOVE_BADGES, type Arc, headOf, layArcs, MOST_LANES, pathOf } from "./arcs";
import { heldOf, linksOf, nameOf, spansIn } from "./hand";
import type { Held } from "./held";
import { isSymmetric, type Link, spansOf } from "./model";
import type { Doing } from "./tool";

/** Lanes that have room from the start, so that the text does not move with the first links. */
const LEAST_ROOM = 2;
const SHOWN = 30;
/** From this many pixels between lanes names can be read. */
const NAMED_FROM = 11;

interface Shown {
  readonly key: string;
  readonly field: Field;
  readonly link: Link;
  readonly ends: readonly [TextSpan, TextSpan];
  readonly color: string;
  readonly name: string;
  readonly own: boolean;
  readonly dashed: boolean;
}

/** The links of fields as arcs over the text, those of other answers among them in colours of their own. */
export function Arcs({ bench, fields, rectsOf, paper, linking, onRoom }: LayerProps) {
  const { session } = bench;
  const answers = session.answers.value;
  const others = bench.others.value;
  const wrong = session.problems.value;
  const shown = useMemo(() => {
    return fields.flatMap((field) => [...ownLinks(session, field), ...theirLinks(bench, field)]);
  }, [answers, others]);
  const layout = useMemo(() => {
    const drawn = shown.map(({ key, ends: [from, to], name }) => {
      return { id: key, from: rectsOf(from), to: rectsOf(to), name: widthOf(name) };
    });
    return others.length > 0 ? layArcs(drawn, paper, ABOVE_BADGES) : layArcs(drawn, paper);
  }, [shown, rectsOf, paper.width, paper.leftwards, paper.vertical]);
  const room = Math.min(MOST_LANES, Math.max(LEAST_ROOM, layout.lanes)) + (others.length > 0 ? 1 : 0);
  useLayoutEffect(() => onRoom(room), [room]);
  const field = fields.find((each) => each === session.field.value);
  const held = field ? heldOf(session, field) : { aims: false };
  const about = (link: Link) =>
    held.link ? held.link.id === link.id : !held.from || [link.from, link.to].includes(held.from.id);
  const byKey = new Map(shown.map((each) => [each.key, each]));
  const bad = new Set(wrong.map((each) => `${each.field} ${each.shape}`));
  return (
    <>
      <svg class="arcs" aria-hidden="true">
        <Hand {...{ held, rectsOf }} linking={linking} spans={field ? spansIn(session, field) : []} />
        {layout.arcs.map((arc) => {
          const each = byKey.get(arc.id);
          return (
            each && (
              <OneArc
                key={arc.id}
                {...{ arc, each }}
                plain={isSymmetric(each.field, each.link.label)}
                named={layout.step >= NAMED_FROM || (each.own && about(each.link) && held.from !== undefined)}
                state={stateOf(each, each.field === field ? held : null, about(each.link), bad)}
              />
            )
          );
        })}
      </svg>
      <Said {...{ session, held }} />
    </>
  );
}

function stateOf({ own, link, dashed, field }: Shown, held: Held | null, about: boolean, bad: ReadonlySet<string>) {
  const names = [
    "arc",
    own && held?.link?.id === link.id && "held",
    own && !about && "aside",
    own && bad.has(`${field.id} ${link.id}`) && "wrong",
    own && isSuggested(link) && "suggested",
    !own && "other",
    dashed && "suggested",
  ];
  return names.filter(Boolean).join(" ");
}

function OneArc(props: { arc: Arc; each: Shown; plain: boolean; named: boolean; state: string }) {
  const { arc, each, plain, named, state } = props;
  const path = pathOf(arc.points);
  const [first, last] = [arc.points[0], arc.points.at(-1)];
  const link = each.own ? { "data-link": each.link.id, "data-field": each.field.id } : {};
  return (
    <g class={state} style={{ "--c": each.color }}>
      {each.own && <path class="reach" d={path} {...link} />}
      <path class="run" d={path} />
      {plain ? (
        [first, last].map((at) => at && <circle key={`${at.x} ${at.y}`} class="head" cx={at.x} cy={at.y - 1} r={3} />)
      ) : (
        <path class="head" d={headOf(arc.points)} />
      )}
      {named && (
        <text x={arc.name.x} y={arc.name.y + 4} {...link}>
          {each.name} {each.own && sureness(each.link)}
        </text>
      )}
    </g>
  );
}

/** What the hand is on: the span that a link begins at, the one that it would end at, and a line to the pointer. */
function Hand(props: {
  held: Held;
  spans: readonly TextSpan[];
  rectsOf: LayerProps["rectsOf"];
  linking: Linking | null;
}) {
  const { held, spans, rectsOf, linking } = props;
  const doing = linking?.doing.value as Doing | null | undefined;
  const find = (id: string | null) => spans.find((each) => each.id === id);
  const [from, to] = doing ? [find(doing.from), find(doing.to)] : [held.from, held.to];
  if (!from) return null;
  const [start] = rectsOf(from);
  const goal = to ? top(rectsOf(to)[0]) : doing?.at;
  const way = start && goal && (doing || held.aims) ? top(start) : null;
  return (
    <>
      <Frame rects={rectsOf(from)} name={doing || held.aims ? "from aims" : "from"} />
      {to && <Frame rects={rectsOf(to)} name="to" />}
      {way && goal && (
        <path
          class="way"
          d={`M${way.x} ${way.y}Q${(way.x + goal.x) / 2} ${Math.min(way.y, goal.y) - 34} ${goal.x} ${goal.y}`}
        />
      )}
    </>
  );
}

function Frame({ rects, name }: { rects: readonly Rect[]; name: string }) {
  return (
    <>
      {rects.map(({ x, y, w, h }) => (
        <rect key={`${x} ${y}`} class={name} x={x - 1.5} y={y - 1.5} width={w + 3} height={h + 3} rx={3} />
      ))}
    </>
  );
}

const top = (rect: Rect | undefined) => rect && { x: rect.x + rect.w / 2, y: rect.y };

/** What a screen reader hears of what is in hand. */
function Said({ session, held }: { session: Session; held: Held }) {
  const text = session.task.value?.item.text ?? "";
  const words = (span: TextSpan | undefined) => (span ? wordsOf(text, span, SHOWN) : "…");
  const { link, from, to, aims } = held;
  const ends = { from: words(from), to: words(to) };
  const said = link
    ? t("Link {label}: from {from} to {to}", { label: nameOf(session, link.label), ...ends })
    : from && aims
      ? t("A link from {from} to {to}", ends)
      : from && `${nameOf(session, from.label)}: ${ends.from}`;
  return (
    <p class="unseen" aria-live="polite">
      {said}
    </p>
  );
}

function ownLinks(session: Session, field: Field): Shown[] {
  const spans = new Map(spansIn(session, field).map((span) => [span.id, span]));
  return linksOf(session, field).links.flatMap((link) => {
    const [from, to] = [spans.get(link.from), spans.get(link.to)];
    const color = session.labels.get(link.label)?.color ?? "#888888";
    const named = { name: nameOf(session, link.label), color, own: true, dashed: false };
    return from && to ? [{ key: `own ${field.id} ${link.id}`, field, link, ends: [from, to] as const, ...named }] : [];
  });
}

/** The links of other answers; their spans are those that the server wrote beside them, since ids are each one's own. */
function theirLinks(bench: Bench, field: Field): Shown[] {
  return bench.others.value.flatMap(({ session, parts }) => {
    const spans = (session.answers.value[spansOf(field)] as SpanAnswer | undefined)?.spans ?? [];
    const find = (id: string) => spans.find((each) => each.id === id);
    return linksOf(session, field).links.flatMap((link) => {
      const [from, to] = link.ends ?? [find(link.from), find(link.to)];
      const shown = {
        color: parts.color,
        name: nameOf(session, link.label),
        own: false,
        dashed: parts.dashed === true,
      };
      return from && to
        ? [{ key: `${parts.id} ${field.id} ${link.id}`, field, link, ends: [from, to] as const, ...shown }]
        : [];
    });
  });
}

/** About how wide a name is: signs of East Asia are twice as wide as letters. */
function widthOf(name: string): number {
  return [...name].reduce((sum, sign) => sum + (/[\u2e80-\uffef]/.test(sign) ? 11.5 : 6.4), 8);
}
