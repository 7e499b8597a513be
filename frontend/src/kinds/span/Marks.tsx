import { useLayoutEffect, useMemo } from "preact/hooks";
import type { Rect } from "../../plane";
import { pick } from "../../words";
import type { Bench } from "../../workbench/bench";
import type { Field } from "../../workbench/boot";
import { readableOn } from "../../workbench/colors";
import { isSuggested, sureness } from "../../workbench/suggested";
import { layLanes } from "./lanes";
import { readMarked, stretchOf } from "./marked";
import { findSpan, gapsOf, type SpanAnswer, type Stretch, stretchesOf, type TextSpan } from "./model";
import { Others } from "./Others";
import { pieceInHand } from "./pieces";
import type { Points } from "./points";
import type { Sheet } from "./sheet";
import type { Side, SpanTool } from "./tool";

/** Pixels: from an underline to the next, how thick one is, and the room that all of them have below a line. */
const STEP = 4;
const THICK = 3;
const ROOM = 16;
const MARGIN = 48;

interface Props {
  readonly bench: Bench;
  readonly field: Field;
  readonly sheet: Sheet;
  readonly tool: SpanTool;
  readonly hovered: string | null;
  readonly points: Points;
  readonly scroller: HTMLElement | null;
}

/** Underlines and tints of the spans, and over them the selection, the grips of the selected span, and names. */
export function Marks(props: Props) {
  const { bench, field, sheet, tool, hovered, points, scroller } = props;
  const { session } = bench;
  const answer = session.answer(field) as SpanAnswer;
  const active = session.field.value.id === field.id;
  const selected = active ? session.selected.value : null;
  const { drag } = tool;
  const held = findSpan(answer, selected);
  const shown = held && drag?.id === held.id ? { label: held.label, ...drag } : held;
  const named = [shown, findSpan(answer, hovered === selected ? null : hovered)].filter((each) => each !== undefined);
  const rectsOf = ({ start, end }: Stretch) => sheet.rects(points.toUnit(start), points.toUnit(end));
  const stretch = chosen(tool, answer, selected);
  const wrong = session.problems.value;
  // Hundreds of spans are drawn again only when one of them has changed.
  const resting = useMemo(
    () => <Resting {...{ bench, answer, rectsOf }} wrong={new Set(wrong.map((each) => each.shape ?? ""))} />,
    [bench, answer, sheet, wrong],
  );
  const caret = caretOf(props, selected, answer);
  const inHand = pieceInHand(session);
  const inSight = shown && (stretchesOf(shown)[inHand ?? 0] ?? shown);
  useScroll(scroller, selected, inSight ? rectsOf(inSight)[0] : caret);
  return (
    <div class={tool.doing.value ? "marks busy" : "marks"}>
      {resting}
      {bench.others.value.length > 0 && (
        <Others {...{ bench, field, rectsOf }} depth={layLanes(answer.spans).depth} room={ROOM} />
      )}
      {stretch &&
        rectsOf(stretch).map((rect) => <i key={`${rect.x} ${rect.y}`} class="chosen-text" style={area(rect)} />)}
      {caret && <i class="caret" style={sheet.vertical ? lying(caret) : standing(caret)} />}
      {named.map((span) => (
        <Named
          key={span.id}
          {...{ bench, span, rectsOf }}
          held={span === shown}
          inHand={span === shown ? inHand : null}
        />
      ))}
      {shown && stretchesOf(shown).map((piece, at) => <Grips key={`${at}`} {...{ sheet, points, piece, at }} />)}
    </div>
  );
}

function Resting(props: {
  bench: Bench;
  answer: SpanAnswer;
  rectsOf: (stretch: Stretch) => readonly Rect[];
  wrong: ReadonlySet<string>;
}) {
  const { bench, answer, rectsOf, wrong } = props;
  const lanes = layLanes(answer.spans);
  const step = Math.min(STEP, ROOM / Math.max(1, lanes.depth));
  return (
    <>
      {answer.spans.flatMap((span) => {
        const color = bench.session.labels.get(span.label)?.color ?? "#888888";
        const drop = (lanes.of.get(span.id) ?? 0) * step;
        const look = { "--c": color, "--drop": `${drop}px`, "--thick": `${Math.min(THICK, step)}px` };
        const said = `${wrong.has(span.id) ? " wrong" : ""}${isSuggested(span) ? " suggested" : ""}`;
        const pieces = stretchesOf(span).flatMap(rectsOf);
        return [
          ...pieces.map((rect, at) => (
            <i key={`${span.id} ${at}`} class={`span${said}`} data-span={span.id} style={{ ...area(rect), ...look }} />
          )),
          ...gapsOf(span)
            .flatMap(rectsOf)
            .map((rect, at) => <i key={`${span.id} gap ${at}`} class="span-gap" style={{ ...area(rect), ...look }} />),
        ];
      })}
    </>
  );
}

interface NamedProps {
  readonly bench: Bench;
  readonly span: TextSpan;
  readonly rectsOf: (stretch: Stretch) => readonly Rect[];
  readonly held: boolean;
  readonly inHand: number | null;
}

/** The selected or pointed-at span: a stronger tint, its label above its beginning, and a frame where it has pieces. */
function Named({ bench, span, rectsOf, held, inHand }: NamedProps) {
  const pieces = stretchesOf(span).map(rectsOf);
  const rects = pieces.flat();
  const label = bench.session.labels.get(span.label);
  const color = label?.color ?? "#888888";
  const [first] = rects;
  return (
    <>
      {held &&
        pieces.length > 1 &&
        rectsOf(span).map((rect) => (
          <i key={`hull ${rect.x} ${rect.y}`} class="span-hull" style={{ ...area(rect), "--c": color }} />
        ))}
      {pieces.map((piece, at) =>
        piece.map((rect) => (
          <i
            key={`${rect.x} ${rect.y}`}
            class={`span-on${held ? " held" : ""}${at === inHand ? " in-hand" : ""}`}
            style={{ ...area(rect), "--c": color }}
          />
        )),
      )}
      {first && (
        <b class="span-name" style={{ ...corner(first), background: color, color: readableOn(color) }}>
          {label ? pick(label.name) : span.label} {sureness(span)}
        </b>
      )}
    </>
  );
}

interface GripsProps {
  readonly sheet: Sheet;
  readonly points: Points;
  readonly piece: Stretch;
  readonly at: number;
}

/** Grips reach outwards only, so that a span can be begun where the selected one begins. */
function Grips({ sheet, points, piece, at: number }: GripsProps) {
  const rects = sheet.rects(points.toUnit(piece.start), points.toUnit(piece.end));
  const leans = (at: Rect, side: Side) => {
    const rect = side === "start" ? rects[0] : rects.at(-1);
    if (rect === undefined) return false;
    return sheet.vertical ? at.y < rect.y + rect.h / 2 : at.x < rect.x + rect.w / 2;
  };
  const style = ({ x, y, w, h }: Rect) =>
    sheet.vertical
      ? { left: `${x}px`, top: `${y}px`, width: `${w}px` }
      : { left: `${x}px`, top: `${y}px`, height: `${h}px` };
  const ends = [
    ["start", sheet.caret(points.toUnit(piece.start))],
    ["end", sheet.caret(points.toUnit(piece.end), true)],
  ] as const;
  return (
    <>
      {ends.map(
        ([side, at]) =>
          at && (
            <i
              key={side}
              class={leans(at, side) ? "span-grip left" : "span-grip"}
              data-side={side}
              data-piece={number}
              style={style(at)}
            />
          ),
      )}
    </>
  );
}

/** The stretch that is being selected, or is selected and no span yet. */
function chosen(tool: SpanTool, answer: SpanAnswer, selected: string | null): Stretch | null {
  const doing = tool.doing.value;
  const marked = doing?.act === "select" ? doing : readMarked(answer, selected);
  return marked && marked.anchor !== marked.focus ? stretchOf(marked) : null;
}

function caretOf({ sheet, tool, points }: Props, selected: string | null, answer: SpanAnswer): Rect | null {
  const marked = tool.doing.value ? null : readMarked(answer, selected);
  return marked && sheet.caret(points.toUnit(marked.focus), marked.focus > marked.anchor);
}

/** Bring what is selected into sight, when it is not. */
function useScroll(scroller: HTMLElement | null, selected: string | null, to: Rect | null | undefined): void {
  useLayoutEffect(() => {
    const letters = scroller?.querySelector(".letters")?.getBoundingClientRect();
    const window_ = scroller?.getBoundingClientRect();
    if (!letters || !window_ || !to || !scroller || selected === null) return;
    const [left, top] = [letters.left + to.x - window_.left, letters.top + to.y - window_.top];
    const over = Math.min(0, top - MARGIN) || Math.max(0, top + to.h + MARGIN - window_.height);
    if (over !== 0) scroller.scrollTop += over;
    const beside = Math.min(0, left - MARGIN) || Math.max(0, left + to.w + MARGIN - window_.width);
    if (beside !== 0 && scroller.dataset["set"] === "vertical") scroller.scrollLeft += beside;
  }, [scroller, selected, to?.x, to?.y]);
}

/** Where a name stands: above the beginning of a line; in a column the stylesheet moves it to its right. */
function corner({ x, y, w }: Rect) {
  return { left: `${x}px`, top: `${y}px`, "--w": `${w}px` };
}

function standing({ x, y, h }: Rect) {
  return { left: `${x - 1}px`, top: `${y}px`, height: `${h}px` };
}

function lying({ x, y, w }: Rect) {
  return { left: `${x}px`, top: `${y - 1}px`, width: `${w}px` };
}

function area({ x, y, w, h }: Rect) {
  return { left: `${x}px`, top: `${y}px`, width: `${w}px`, height: `${h}px` };
}
