/**
 * How a text is set, and which way on an arrow key goes: the key that points where the reading goes moves on, in a line
 * from right to left and in columns too.
 */
import type { Field } from "../../workbench/boot";
import { pointsOf } from "./points";

export type Setting = "auto" | "ltr" | "rtl" | "vertical";
export type Arrow = "ArrowLeft" | "ArrowRight" | "ArrowUp" | "ArrowDown";
/** What a key does: along the line, or to the line before or after. */
export interface Heading {
  readonly across: boolean;
  readonly by: 1 | -1;
}

const RIGHT_TO_LEFT =
  /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Samaritan}\p{Script=Mandaic}\p{Script=Adlam}]/u;
const LETTER = /\p{L}/u;

export function settingOf(field: Field): Setting {
  const { direction } = field.options as { direction?: unknown };
  return direction === "ltr" || direction === "rtl" || direction === "vertical" ? direction : "auto";
}

/** How the paragraph around `point` is set: by its first letter, as the browser lays it out. */
export function directionAt(text: string, point: number, setting: Setting): Exclude<Setting, "auto"> {
  if (setting !== "auto") return setting;
  const unit = pointsOf(text).toUnit(point);
  const start = unit === 0 ? 0 : text.lastIndexOf("\n", unit - 1) + 1;
  const end = text.indexOf("\n", start);
  const [first] = LETTER.exec(text.slice(start, end < 0 ? text.length : end)) ?? [];
  return first !== undefined && RIGHT_TO_LEFT.test(first) ? "rtl" : "ltr";
}

export function headingOf(key: Arrow, direction: Exclude<Setting, "auto">): Heading {
  const by = key === "ArrowRight" || key === "ArrowDown" ? 1 : -1;
  const level = key === "ArrowLeft" || key === "ArrowRight";
  if (direction === "vertical") return level ? { across: true, by: by === 1 ? -1 : 1 } : { across: false, by };
  if (!level) return { across: true, by };
  return { across: false, by: direction === "rtl" ? (by === 1 ? -1 : 1) : by };
}
