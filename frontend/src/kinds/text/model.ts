/** A text: what a person wrote, kept as it is typed and sent in the one form that both sides count and compare. */
import { pick, type Two, t } from "../../words";
import type { Field } from "../../workbench/boot";
import { CodecError, type Fault, members } from "../kind";

export interface TextAnswer {
  readonly kind: "text";
  readonly text: string;
}

export interface Limits {
  readonly min: number;
  readonly max: number;
  readonly multiline: boolean;
  readonly placeholder: Two;
  readonly pattern: string;
}

const ANY: Limits = { min: 0, max: 10_000, multiline: true, placeholder: { zh: "", en: "" }, pattern: "" };

/** What the field's texts are held to. */
export const limitsOf = (field: Field): Limits => ({ ...ANY, ...(field.options as Partial<Limits>) });

export const UNWRITTEN: TextAnswer = { kind: "text", text: "" };

export function decodeText(wire: unknown): TextAnswer {
  const { kind, text } = members(wire, ["kind", "text"]);
  if (kind !== "text") throw new CodecError("not a text");
  if (typeof text !== "string") throw new CodecError("a text is a string");
  return { kind: "text", text };
}

export const encodeText = ({ kind, text }: TextAnswer) => ({ kind, text: tidied(text) });

const BLANKS = " \\t\\u00a0\\u3000";
const LINE_END = /\r\n?/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what goes
const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f]/g;
const HALVES = /\p{Surrogate}/gu;
const AT_LINE_ENDS = new RegExp(`[${BLANKS}]+(?=\\n|$)`, "g");
const AT_BOTH_ENDS = new RegExp(`^[${BLANKS}\\n]+|[${BLANKS}\\n]+$`, "g");

/** The form that is stored, as `guiju.kinds.text.shape.tidied` makes it; half a character becomes U+FFFD. */
export function tidied(text: string): string {
  const plain = text.replace(HALVES, "\ufffd").replace(LINE_END, "\n").replace(CONTROLS, "").normalize("NFC");
  return plain.replace(AT_LINE_ENDS, "").replace(AT_BOTH_ENDS, "");
}

/** Characters as people count them here: code points. */
export function countOf(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

const HAN = "\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\u{20000}-\\u{323af}";
const FORMS: Readonly<Record<string, RegExp>> = {
  digits: /^[0-9]+$/,
  number: /^[+-]?[0-9]+(?:\.[0-9]+)?$/,
  date: /^[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])$/,
  time: /^(?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9])?$/,
  email: /^[^\s@]+@[^\s@.]+(?:\.[^\s@.]+)+$/,
  url: /^https?:\/\/[^\s/]+(?:\/\S*)?$/,
  han: new RegExp(`[${HAN}]`, "u"),
  "no-han": new RegExp(`^[^${HAN}]+$`, "u"),
};

export function hasForm(text: string, form: string): boolean {
  return FORMS[form]?.test(text) ?? true;
}

function wrongForm(form: string, field: string): string {
  const said: Readonly<Record<string, () => string>> = {
    digits: () => t("“{field}” takes digits alone.", { field }),
    number: () => t("“{field}” takes a number like 12 or 3.5.", { field }),
    date: () => t("“{field}” takes a date like 2026-05-12.", { field }),
    time: () => t("“{field}” takes a time like 14:30 or 14:30:15.", { field }),
    email: () => t("“{field}” takes an e-mail address.", { field }),
    url: () => t("“{field}” takes an address that begins with http:// or https://.", { field }),
    han: () => t("“{field}” is to be written in Chinese; it has no Chinese character.", { field }),
    "no-han": () => t("“{field}” is to be written without Chinese characters.", { field }),
  };
  return said[form]?.() ?? "";
}

/** What the server would refuse; an empty text is a gap and no fault. */
export function faultsOf(answer: TextAnswer, field: Field): Fault[] {
  const text = tidied(answer.text);
  if (text === "") return [];
  const { min, max, multiline, pattern } = limitsOf(field);
  const [count, lines] = [countOf(text), text.split("\n").length];
  const name = pick(field.title);
  const found: [string, boolean, string][] = [
    [
      "text-too-short",
      count < min,
      t("“{field}” has {count} characters; it takes at least {limit}.", { field: name, count, limit: min }),
    ],
    [
      "text-too-long",
      count > max,
      t("“{field}” has {count} characters; it takes at most {limit}.", { field: name, count, limit: max }),
    ],
    [
      "text-several-lines",
      lines > 1 && !multiline,
      t("“{field}” takes one line, and {count} are written.", { field: name, count: lines }),
    ],
    ["text-wrong-form", !hasForm(text, pattern), wrongForm(pattern, name)],
  ];
  return found.filter(([, wrong]) => wrong).map(([id, , said]) => ({ id, shape: null, text: said }));
}
