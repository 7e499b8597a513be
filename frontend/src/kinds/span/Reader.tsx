import type { ComponentChildren } from "preact";
import { useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { pick, t } from "../../words";
import type { Bench } from "../../workbench/bench";
import type { Field, Task } from "../../workbench/boot";
import { settingOf } from "./direction";
import { Layers, strokeOn, useLinking } from "./Layers";
import { overlapping } from "./lanes";
import { laidOut } from "./lines";
import { Marks } from "./Marks";
import { readMarked, stretchOf } from "./marked";
import { findSpan, lengthOf, type SpanAnswer, type Stretch, stretchesOf } from "./model";
import { pointsOf } from "./points";
import { holds, piecesOf, Sheet } from "./sheet";
import { type Side, SpanTool } from "./tool";
import { wordsOf } from "./words";

const LONG = 400;
/** Pixels below a line that belong to its underlines. */
const BELOW = 14;

interface Props {
  readonly bench: Bench;
  readonly field: Field;
  readonly task: Task;
  readonly children?: ComponentChildren;
}

/** The text with its spans: letters are laid out once, marks are drawn over them where they were measured to be. */
export function Reader({ bench, field, task, children }: Props) {
  const { session } = bench;
  const text = task.item.text ?? "";
  const scroller = useRef<HTMLDivElement>(null);
  const letters = useRef<HTMLDivElement>(null);
  const [sheet, setSheet] = useState<Sheet | null>(null);
  const [hovered, setHovered] = useState<string | null>(null);
  const tool = useMemo(() => new SpanTool(session, field), [session, field]);
  const pieces = useMemo(() => piecesOf(text).map((piece, at) => <span key={`${at}`}>{piece}</span>), [text]);
  const answer = session.answer(field) as SpanAnswer;
  const linking = useLinking(session, field);
  const [lanes, setLanes] = useState(0);
  const setting = settingOf(field);
  const directed = setting === "ltr" || setting === "rtl" ? setting : undefined;

  useLayoutEffect(() => {
    const element = letters.current;
    if (!element) return;
    const watch = new ResizeObserver(() => {
      const laid = new Sheet(element);
      laidOut(session, laid);
      setSheet(laid);
    });
    watch.observe(element);
    const letGo = bench.letGoes.subscribe(() => {
      tool.cancel();
      linking?.cancel();
    });
    return () => {
      watch.disconnect();
      letGo();
    };
  }, [bench, tool, linking, text]);

  const points = pointsOf(text);
  const under = (event: MouseEvent): string[] => {
    if (!sheet) return [];
    const at = sheet.toPaper(event.clientX, event.clientY);
    const covers = ({ start, end }: Stretch) =>
      sheet.rects(points.toUnit(start), points.toUnit(end)).some((rect) => holds(rect, at, BELOW, sheet.vertical));
    return answer.spans
      .filter((span) => stretchesOf(span).some(covers))
      .sort((a, b) => lengthOf(a) - lengthOf(b))
      .map((span) => span.id);
  };
  const placeOf = (event: MouseEvent): number | null => {
    const unit = sheet?.unitAt(event.clientX, event.clientY) ?? null;
    return unit === null ? null : points.toPoint(unit);
  };
  const down = (event: PointerEvent) => {
    if (event.button !== 0) return;
    const { side, piece } = (event.target as HTMLElement).dataset;
    const at = placeOf(event);
    (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId);
    if (strokeOn(event, { session, field, linking, sheet }, under(event))) return;
    if (side) tool.grip(side as Side, Number(piece));
    else if (at !== null) tool.down(at, under(event), { extend: event.shiftKey, add: event.ctrlKey || event.metaKey });
  };
  const move = (event: PointerEvent) => {
    if (linking?.doing.value && sheet) {
      linking.move(sheet.toPaper(event.clientX, event.clientY), under(event));
      return;
    }
    if (!tool.doing.value) {
      setHovered(under(event)[0] ?? null);
      return;
    }
    const at = placeOf(event);
    if (at !== null) tool.move(at);
  };
  const up = () => {
    const said = linking?.doing.value ? linking.up() : tool.up();
    if (said) bench.say("warn", said);
  };
  const cancel = () => {
    tool.cancel();
    linking?.cancel();
  };
  const double = (event: MouseEvent) => {
    const at = placeOf(event);
    if (at !== null && under(event).length === 0) tool.word(at);
  };
  // The browser's own selection would stand in the way of this one.
  const take = (event: MouseEvent) => {
    event.preventDefault();
    scroller.current?.focus({ preventScroll: true });
  };

  return (
    <div
      class="reading"
      ref={scroller}
      data-set={setting}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the text takes keys
      tabIndex={0}
      role="application"
      aria-label={t("Text {name}: {title}", { name: task.item.name, title: pick(field.title) })}
    >
      <article
        class={`text marked${text.length > LONG ? " long" : ""}${lanes > 0 ? " linked" : ""}${setting === "vertical" ? " vertical" : ""}`}
        style={{ "--lanes": lanes }}
      >
        {/* biome-ignore lint/a11y/noStaticElementInteractions: the keys do the same, on the frame around it */}
        <div
          class={linking ? (hovered === null ? "paper linking" : "paper linking over") : "paper"}
          onPointerDown={down}
          onPointerMove={move}
          onPointerUp={up}
          onPointerCancel={cancel}
          onPointerLeave={() => setHovered(null)}
          onMouseDown={take}
          onDblClick={double}
        >
          <div class={setting === "auto" ? "letters" : "letters set"} dir={directed} ref={letters}>
            {pieces}
          </div>
          {sheet && <Marks {...{ bench, field, sheet, tool, hovered, points }} scroller={scroller.current} />}
          {sheet && <Layers {...{ bench, field, sheet, points, linking }} onRoom={setLanes} />}
        </div>
      </article>
      <Said {...{ bench, field, task }} />
      {children}
    </div>
  );
}

/** What a screen reader hears of the selection, and which spans lie across one another where they must not. */
function Said({ bench: { session }, field, task }: Props) {
  const answer = session.answer(field) as SpanAnswer;
  const points = pointsOf(task.item.text ?? "");
  const held = findSpan(answer, session.selected.value);
  const marked = readMarked(answer, session.selected.value);
  const stretch = held ?? (marked && stretchOf(marked));
  const words = stretch ? wordsOf(points.text, stretch) : "";
  const label = held ? session.labels.get(held.label) : null;
  const [clash] = field.options["nested"] === false ? overlapping(answer.spans) : [];
  return (
    <>
      <p class="unseen" aria-live="polite">
        {label ? `${pick(label.name)}: ${words}` : words && t("Selected: {words}", { words })}
      </p>
      {clash && (
        <p class="clash bad" role="status">
          {t("“{a}” and “{b}” overlap, which this field does not allow.", {
            a: wordsOf(points.text, clash[0]),
            b: wordsOf(points.text, clash[1]),
          })}
        </p>
      )}
    </>
  );
}
