/** What other kinds draw over a text and its spans, and their hands on the spans: links, which are arcs between them. */
import { useCallback, useMemo } from "preact/hooks";
import type { Bench } from "../../workbench/bench";
import type { Field } from "../../workbench/boot";
import type { Session } from "../../workbench/session";
import { getKind } from "..";
import type { Linking, Paper } from "../kind";
import { stretchesOf, type TextSpan } from "./model";
import type { Points } from "./points";
import type { Sheet } from "./sheet";

/** The hand on the spans of `field`, where the active field is one that joins them. */
export function useLinking(session: Session, field: Field): Linking | null {
  const active = session.field.value;
  return useMemo(() => {
    const { leans, linking } = getKind(active.kind);
    return leans?.on(active) === field.id ? (linking?.(session, active) ?? null) : null;
  }, [session, active, field]);
}

interface Where {
  readonly session: Session;
  readonly field: Field;
  readonly linking: Linking | null;
  readonly sheet: Sheet | null;
}

/** Whether a stroke belongs to what is drawn over the text; one beside every span goes back to marking them. */
export function strokeOn(event: PointerEvent, { session, field, linking, sheet }: Where, over: string[]): boolean {
  const own = (event.target as Element).closest<SVGElement>("[data-link]")?.dataset;
  if (own?.["link"] !== undefined && own["field"] !== undefined) {
    session.activate(own["field"]);
    session.selected.value = own["link"];
    return true;
  }
  if (!linking || !sheet) return false;
  const taken = linking.down(sheet.toPaper(event.clientX, event.clientY), over, null);
  if (!taken) session.activate(field.id);
  return taken;
}

interface Props {
  readonly bench: Bench;
  readonly field: Field;
  readonly sheet: Sheet;
  readonly points: Points;
  readonly linking: Linking | null;
  readonly onRoom: (lanes: number) => void;
}

export function Layers({ bench, field, sheet, points, linking, onRoom }: Props) {
  const { session } = bench;
  const paper = useMemo(() => paperOf(sheet, points.text), [sheet, points]);
  const rectsOf = useCallback(
    (span: TextSpan) =>
      stretchesOf(span).flatMap(({ start, end }) => sheet.rects(points.toUnit(start), points.toUnit(end))),
    [sheet, points],
  );
  const leaning = session.rulebook.fields.filter((each) => getKind(each.kind).leans?.on(each) === field.id);
  return (
    <>
      {[...new Set(leaning.map((each) => each.kind))].map((kind) => {
        const { Layer } = getKind(kind);
        const fields = leaning.filter((each) => each.kind === kind);
        return Layer && <Layer key={kind} {...{ bench, fields, rectsOf, paper, linking, onRoom }} />;
      })}
    </>
  );
}

/** Letters of scripts that run from right to left, and those of the others. */
const STRONG = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]|(\p{L})/u;

function paperOf(sheet: Sheet, text: string): Paper {
  const { width, height, vertical } = sheet.size;
  const found = STRONG.exec(text);
  const leftwards = found !== null && found[1] === undefined;
  return { width: vertical ? height : width, leftwards, vertical };
}
