import type { Rect } from "../../plane";
import { pick } from "../../words";
import type { Bench } from "../../workbench/bench";
import type { Field } from "../../workbench/boot";
import { readableOn } from "../../workbench/colors";
import type { Other } from "../../workbench/others";
import { gapsOf, type SpanAnswer, type Stretch, stretchesOf, type TextSpan } from "./model";

interface Props {
  readonly bench: Bench;
  readonly field: Field;
  readonly rectsOf: (stretch: Stretch) => readonly Rect[];
  /** How many underlines of one's own lie below a line already, and how far apart underlines are. */
  readonly depth: number;
  readonly room: number;
}

const STEP = 4;
const THICK = 3;
/** Pixels from one badge to the next, where several begin together. */
const BADGE = 17;

/** The spans of other answers: an underline each below one's own, in their colours, with whose it is where it begins. */
export function Others({ bench, field, rectsOf, depth, room }: Props) {
  const others = bench.others.value;
  const step = Math.min(STEP, room / Math.max(1, depth + others.length));
  return (
    <>
      {others.flatMap((other, row) => {
        const answer = other.session.answer(field) as SpanAnswer;
        const style = {
          "--c": other.parts.color,
          "--drop": `${(depth + row) * step}px`,
          "--thick": `${Math.min(THICK, step)}px`,
        };
        return answer.spans.map((span) => {
          const rects = stretchesOf(span).flatMap(rectsOf);
          const [first] = rects;
          return (
            <>
              {rects.map((rect) => (
                <i
                  key={`${other.parts.id} ${span.id} ${rect.x} ${rect.y}`}
                  class={other.parts.dashed ? "span other wrong" : "span other"}
                  style={{ ...place(rect), ...style }}
                />
              ))}
              {gapsOf(span)
                .flatMap(rectsOf)
                .map((rect) => (
                  <i
                    key={`${other.parts.id} ${span.id} gap ${rect.x} ${rect.y}`}
                    class="span-gap"
                    style={{ ...place(rect), ...style }}
                  />
                ))}
              {first && <Badge other={other} span={span} at={first} row={row} alone={others.length === 1} />}
            </>
          );
        });
      })}
    </>
  );
}

/** Whose span it is; and of which label, where there is nobody else's to lie across it. */
function Badge(props: { other: Other; span: TextSpan; at: Rect; row: number; alone: boolean }) {
  const { other, span, at, row, alone } = props;
  const { color, name } = other.parts;
  const label = other.session.labels.get(span.label);
  return (
    <b
      class="span-name by"
      style={{
        left: `${at.x}px`,
        top: `${at.y}px`,
        "--w": `${at.w}px`,
        "--on": `${alone ? 0 : row * BADGE}px`,
        background: color,
        color: readableOn(color),
      }}
    >
      {alone && label ? pick(label.name) : name}
    </b>
  );
}

function place({ x, y, w, h }: Rect) {
  return { left: `${x}px`, top: `${y}px`, width: `${w}px`, height: `${h}px` };
}
