/** Steps through a text as people count it: by character (grapheme) and by word, in code points. */
import { pointsOf } from "./points";

type Direction = 1 | -1;

const CHARACTERS = new Intl.Segmenter(undefined, { granularity: "grapheme" });
const WORDS = new Intl.Segmenter(undefined, { granularity: "word" });

interface Cut {
  readonly text: string;
  readonly characters: Intl.Segments;
  readonly words: Intl.Segments;
}

let last: Cut | null = null;

function cut(text: string): Cut {
  if (last?.text !== text) last = { text, characters: CHARACTERS.segment(text), words: WORDS.segment(text) };
  return last;
}

/** The nearest place at or before `point` that does not lie within a character. */
export function snapped(text: string, point: number): number {
  const points = pointsOf(text);
  const unit = points.toUnit(Math.max(0, Math.min(point, points.length)));
  return points.toPoint(cut(text).characters.containing(unit)?.index ?? text.length);
}

/** One character on, or back. */
export function byCharacter(text: string, point: number, by: Direction): number {
  const points = pointsOf(text);
  const unit = points.toUnit(point);
  const { characters } = cut(text);
  if (by === -1) return points.toPoint(characters.containing(unit - 1)?.index ?? 0);
  const here = characters.containing(unit);
  return points.toPoint(here ? here.index + here.segment.length : text.length);
}

/** To the end of this word or the next one, or to the beginning of this or the one before. */
export function byWord(text: string, point: number, by: Direction): number {
  const points = pointsOf(text);
  const { words } = cut(text);
  let unit = points.toUnit(point);
  while (by === 1 ? unit < text.length : unit > 0) {
    const word = words.containing(by === 1 ? unit : unit - 1);
    if (!word) break;
    unit = by === 1 ? word.index + word.segment.length : word.index;
    if (word.isWordLike) break;
  }
  return points.toPoint(unit);
}

/** The word around `point`; a sign or a blank is one by itself. */
export function wordAt(text: string, point: number): readonly [number, number] {
  const points = pointsOf(text);
  const word = cut(text).words.containing(Math.min(points.toUnit(point), text.length - 1));
  if (!word) return [point, point];
  return [points.toPoint(word.index), points.toPoint(word.index + word.segment.length)];
}
