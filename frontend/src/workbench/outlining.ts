/**
 * A rough box becomes an outline: the server looks for what stands out in it, while the hand goes on. What it finds
 * arrives as one act that can be undone, marked with who found it.
 */
import { batch } from "@preact/signals";
import { getKind } from "../kinds";
import { isOfParts } from "../kinds/each";
import { findShape, type Shaped, type Shapes } from "../kinds/shapes/model";
import type { Point, Rect } from "../plane";
import { t } from "../words";
import type { Action } from "./actions";
import { type Bench, sentence } from "./bench";
import type { Field, Item } from "./boot";
import type { Session } from "./session";

/** What the server found: points of a polygon, or run lengths of a mask (`size` is height and width). */
export interface FoundOutline {
  readonly outliner: string;
  readonly points?: readonly (readonly [number, number])[];
  readonly size?: readonly [number, number];
  readonly counts?: string;
}

/** What a kind does with an outline that was found. */
export interface TakesOutline {
  readonly form: "polygon" | "mask";
  /** Give it to the shape `into`, or to a new one with `label`; `by` is who found it. */
  put(session: Session, field: Field, found: FoundOutline, how: PutOutline): void;
}
export interface PutOutline {
  readonly into: string | null;
  readonly label: string;
  readonly by: string;
}

/** A rough box, and the shape that it is of: the outline then belongs to that shape where its kind can have one. */
export interface Rough {
  readonly box: Rect;
  readonly shape: string | null;
}

interface Plan extends Rough {
  readonly item: Item;
  readonly field: Field;
  readonly takes: TakesOutline;
  readonly into: string | null;
  readonly label: string;
}

export function outlineAct(kind: string): Action {
  return {
    id: `${kind}-outline`,
    group: "shape",
    label: () => t("Find the outline in the rough box"),
    keys: ["O"],
    when: ({ session }) => session.task.value?.item.media === "image" && target(session) !== null,
    run: (bench) => void findOutline(bench),
  };
}

/** The field that the outline is for: the one in hand, or the first other one that can have outlines. */
function target({ field, rulebook }: Session): { readonly field: Field; readonly takes: TakesOutline } | null {
  for (const each of [field.value, ...rulebook.fields]) {
    const takes = isOfParts(each) ? undefined : getKind(each.kind).outline;
    if (takes) return { field: each, takes };
  }
  return null;
}

function plan(session: Session): Plan | null {
  const item = session.task.value?.item;
  const found = target(session);
  const here = session.field.value;
  const rough = getKind(here.kind).rough?.(session, here);
  if (!item || !found || !rough) return null;
  const same = found.field.id === here.id;
  const named = findShape(session.answer(here) as Shapes<Shaped>, rough.shape)?.label ?? session.inHand.value[here.id];
  const label = named && found.field.labels.includes(named) ? named : (session.inHand.value[found.field.id] ?? "");
  return { ...found, ...rough, item, label, into: same ? rough.shape : null };
}

const looking = new WeakSet<Bench>();

export async function findOutline(bench: Bench): Promise<void> {
  const { session } = bench;
  const planned = plan(session);
  if (planned === null) {
    bench.say("warn", t("Draw a rough box around the object first, or put points at two of its corners."));
    return;
  }
  if (looking.has(bench)) return;
  looking.add(bench);
  bench.say("good", t("Looking for the outline … You can go on."));
  const { item, box, takes } = planned;
  const before = hand(session);
  try {
    const body = { box: [box.x, box.y, box.w, box.h], form: takes.form };
    const found = await bench.parts.api.send<FoundOutline>("POST", `/api/v1/items/${item.id}/outline`, body);
    if (session.task.peek()?.item === item) arrive(bench, planned, found, before);
  } catch (error) {
    if (session.task.peek()?.item === item) bench.say("warn", sentence(error));
  } finally {
    looking.delete(bench);
  }
}

interface Hand {
  readonly field: string;
  readonly selected: string | null;
  readonly points: readonly Point[];
  readonly done: number;
}

function hand({ fieldId, selected, outline, history }: Session): Hand {
  const [field, points] = [fieldId.peek(), outline.points.peek()];
  return { field, selected: selected.peek(), points, done: history.done.peek().length };
}

/** One act; a hand that has gone on meanwhile keeps what it holds. */
function arrive(bench: Bench, planned: Plan, found: FoundOutline, before: Hand): void {
  const { session } = bench;
  const { field, takes, label, into } = planned;
  const now = hand(session);
  const still = (Object.keys(now) as (keyof Hand)[]).every((each) => now[each] === before[each]);
  const stays = findShape(session.answer(field) as Shapes<Shaped>, into);
  batch(() => {
    takes.put(session, field, found, { into: stays ? into : null, label, by: found.outliner });
    if (still) {
      session.outline.clear();
      session.activate(field.id);
    } else {
      session.activate(now.field);
      session.selected.value = now.selected;
      session.outline.points.value = now.points;
    }
    bench.say("good", t("The outline is there. Undo takes it back."));
  });
}
