/** What people give: each thing lies on the server, and the answer names it with what was measured there. */
import { pick, type Two, t } from "../../words";
import type { Field } from "../../workbench/boot";
import { type Answer, CodecError, type Fault, members } from "../kind";

export type Mode = "sound" | "picture" | "text";
export interface Given {
  readonly id: string;
  readonly mode: Mode;
  readonly hash: string;
  readonly media_type: string;
  readonly size: number;
  readonly language: string;
  readonly measures: Readonly<Record<string, number>>;
}
export interface ContributionAnswer extends Answer {
  readonly kind: "contribution";
  readonly given: readonly Given[];
}
export interface Consent extends Two {
  readonly version: string;
}
export interface Wanted {
  readonly mode: Mode;
  readonly least: number;
  readonly most: number;
  readonly max_seconds: number;
  readonly min_level: number;
  readonly max_characters: number;
  readonly consent: Consent;
}

const USUAL: Wanted = {
  mode: "sound",
  least: 1,
  most: 1,
  max_seconds: 30,
  min_level: -40,
  max_characters: 2_000,
  consent: { version: "", zh: "", en: "" },
};

/** What the field asks for. */
export const wantedOf = (field: Field): Wanted => ({ ...USUAL, ...(field.options as Partial<Wanted>) });

export const NOTHING: ContributionAnswer = { kind: "contribution", given: [] };

const MODES: readonly string[] = ["sound", "picture", "text"];
const MEMBERS = ["id", "mode", "hash", "media_type", "size", "language", "measures"];
export const MEASURES = [
  "seconds",
  "level",
  "clipping",
  "silence",
  "noise",
  "rate",
  "width",
  "height",
  "sharpness",
  "brightness",
  "characters",
  "alike",
] as const;

export function decodeContribution(wire: unknown): ContributionAnswer {
  const { kind, given } = members(wire, ["kind", "given"]);
  if (kind !== "contribution") throw new CodecError("not a contribution");
  if (!Array.isArray(given)) throw new CodecError("what was given is a list");
  return { kind: "contribution", given: given.map(decodeGiven) };
}

function decodeGiven(wire: unknown): Given {
  const one = members(wire, MEMBERS);
  for (const name of ["id", "hash", "media_type", "language"]) {
    if (typeof one[name] !== "string") throw new CodecError(`${name} is a text`);
  }
  if (!MODES.includes(String(one.mode))) throw new CodecError("nobody knows this mode");
  if (!Number.isInteger(one.size)) throw new CodecError("a size is a number of bytes");
  const measures = one.measures;
  if (typeof measures !== "object" || measures === null || Array.isArray(measures)) {
    throw new CodecError("measures are an object");
  }
  if (!Object.values(measures).every((value) => typeof value === "number"))
    throw new CodecError("measures are numbers");
  return one as unknown as Given;
}

export function encodeContribution({ kind, given }: ContributionAnswer) {
  const seen = new Map(given.map((one) => [one.id, one]));
  return { kind, given: [...seen.values()].map((one) => ({ ...one, measures: rounded(one.measures) })) };
}

const rounded = (measures: Given["measures"]) =>
  Object.fromEntries(Object.entries(measures).map(([name, value]) => [name, Math.round(value * 100) / 100]));

/** In a few figures: what a list shows, and what an eye checks first. */
export function figures({ mode, measures, language }: Given): string {
  const m = (name: string, digits = 0) => (measures[name] ?? 0).toFixed(digits);
  if (mode === "sound") return [`${m("seconds", 1)} s`, `${m("level")} dB`, `${m("rate")} Hz`].join(" · ");
  if (mode === "picture") return `${m("width")} × ${m("height")}`;
  return [t("{n} characters", { n: m("characters") }), language].filter((one) => one !== "").join(" · ");
}

/** What the server would refuse; too little is a gap and no fault. */
export function faultsOf(answer: ContributionAnswer, field: Field): Fault[] {
  const { least, most } = wantedOf(field);
  const [count, name] = [answer.given.length, pick(field.title)];
  if (count > most) {
    const text = t("“{field}” has {count} contributions; it takes at most {limit}.", {
      field: name,
      count,
      limit: most,
    });
    return [{ id: "too-many-given", shape: null, text }];
  }
  if (count === 0 || count >= least) return [];
  const text = t("“{field}” has {count} of at least {limit} contributions.", { field: name, count, limit: least });
  return [{ id: "nothing-given", shape: null, text }];
}
