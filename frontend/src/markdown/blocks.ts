/** Markdown as blocks: what people and models write into answers. Own and small, so that nothing becomes HTML. */
import { type Inline, inline } from "./inline";

export type Align = "left" | "center" | "right" | null;
export interface Entry {
  /** A box to tick, where the entry begins with one. */
  readonly done: boolean | null;
  readonly inside: readonly Block[];
}
export type Block =
  | { readonly kind: "heading"; readonly level: number; readonly inside: readonly Inline[] }
  | { readonly kind: "paragraph"; readonly inside: readonly Inline[] }
  | { readonly kind: "code"; readonly language: string; readonly text: string }
  | { readonly kind: "quote"; readonly inside: readonly Block[] }
  | { readonly kind: "list"; readonly first: number | null; readonly entries: readonly Entry[] }
  | { readonly kind: "table"; readonly align: readonly Align[]; readonly rows: readonly (readonly Inline[])[][] }
  | { readonly kind: "rule" };

const HEADING = /^ {0,3}(#{1,6})(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*$/;
const UNDERLINE = /^ {0,3}(=+|-+)[ \t]*$/;
const RULE = /^ {0,3}([-*_])(?:[ \t]*\1){2,}[ \t]*$/;
const FENCE = /^( {0,3})(`{3,}|~{3,})[ \t]*([^`\s]*)[^`]*$/;
const QUOTE = /^ {0,3}> ?/;
const ITEM = /^( {0,3})(?:([-*+])|(\d{1,9})([.)]))(?:([ \t]+)(.*)|$)/;
const TICK = /^\[([ xX])\][ \t]+/;
const COLUMNS = /^ {0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$/;
const DEEPEST = 8;

export function blocks(text: string): readonly Block[] {
  return read(text.replace(/\r\n?/g, "\n").replace(/\t/g, "    ").split("\n"), 0);
}

type Reading = readonly [block: Block, lines: number];
type Reader = (lines: readonly string[], depth: number) => Reading | null;
const READERS: readonly Reader[] = [fence, heading, rule, quote, list, table];

function read(lines: readonly string[], depth: number): readonly Block[] {
  const found: Block[] = [];
  for (let at = 0; at < lines.length; ) {
    if (blank(lines[at])) {
      at++;
      continue;
    }
    const [block, used] = first(lines.slice(at), depth);
    found.push(block);
    at += used;
  }
  return found;
}

function first(lines: readonly string[], depth: number): Reading {
  for (const reader of READERS) {
    const reading = reader(lines, depth);
    if (reading) return reading;
  }
  return paragraph(lines, depth);
}

const blank = (line: string | undefined): boolean => line === undefined || line.trim() === "";

function fence(lines: readonly string[]): Reading | null {
  const open = FENCE.exec(lines[0] ?? "");
  if (!open) return null;
  const [, indent = "", marks = "", language = ""] = open;
  const close = new RegExp(`^ {0,3}\\${marks[0]}{${marks.length},}[ \\t]*$`);
  const end = lines.findIndex((line, at) => at > 0 && close.test(line));
  const inside = lines.slice(1, end < 0 ? undefined : end);
  const strip = new RegExp(`^ {0,${indent.length}}`);
  const text = inside.map((line) => line.replace(strip, "")).join("\n");
  return [{ kind: "code", language, text }, end < 0 ? lines.length : end + 1];
}

function heading(lines: readonly string[]): Reading | null {
  const found = HEADING.exec(lines[0] ?? "");
  return found && [{ kind: "heading", level: found[1]?.length ?? 1, inside: inline(found[2] ?? "") }, 1];
}

function rule(lines: readonly string[]): Reading | null {
  return RULE.test(lines[0] ?? "") ? [{ kind: "rule" }, 1] : null;
}

function quote(lines: readonly string[], depth: number): Reading | null {
  if (!QUOTE.test(lines[0] ?? "") || depth >= DEEPEST) return null;
  const end = lines.findIndex((line) => !QUOTE.test(line));
  const inside = lines.slice(0, end < 0 ? undefined : end).map((line) => line.replace(QUOTE, ""));
  return [{ kind: "quote", inside: read(inside, depth + 1) }, inside.length];
}

function list(lines: readonly string[], depth: number): Reading | null {
  const begin = ITEM.exec(lines[0] ?? "");
  if (!begin || depth >= DEEPEST) return null;
  const sign = begin[2] ?? begin[4];
  const entries: Entry[] = [];
  let at = 0;
  for (;;) {
    const here = ITEM.exec(lines[at] ?? "");
    if (!here || (here[2] ?? here[4]) !== sign || (entries.length > 0 && RULE.test(lines[at] ?? ""))) break;
    const [entry, used] = entryOf(lines.slice(at), here, depth);
    entries.push(entry);
    at += used;
    const next = lines.findIndex((line, place) => place >= at && !blank(line));
    if (next < 0) break;
    if (ITEM.test(lines[next] ?? "")) at = next;
  }
  return [{ kind: "list", first: begin[3] === undefined ? null : Number(begin[3]), entries }, at];
}

/** One entry: its first line, and the lines after it that are indented as far, or go on with its paragraph. */
function entryOf(lines: readonly string[], begin: RegExpExecArray, depth: number): readonly [Entry, number] {
  const space = begin[5] ?? " ";
  const marker = (begin[1] ?? "").length + (begin[2] ?? `${begin[3]}${begin[4]}`).length;
  const indent = marker + (space.length > 4 ? 1 : space.length);
  const inside = [begin[6] ?? ""];
  let at = 1;
  for (; at < lines.length; at++) {
    const line = lines[at] ?? "";
    const own = line.startsWith(" ".repeat(indent)) || (line.startsWith("  ") && ITEM.test(line.trimStart()));
    if (blank(line)) {
      const next = lines.slice(at).find((each) => !blank(each));
      if (next === undefined || !next.startsWith(" ".repeat(indent))) break;
    } else if (!own && (blank(lines[at - 1]) || begins(line) || ITEM.test(line))) break;
    inside.push(line.startsWith(" ".repeat(indent)) ? line.slice(indent) : line.trimStart());
  }
  const tick = TICK.exec(inside[0] ?? "");
  if (tick) inside[0] = (inside[0] ?? "").slice(tick[0].length);
  return [{ done: tick ? tick[1] !== " " : null, inside: read(inside, depth + 1) }, at];
}

const begins = (line: string): boolean =>
  [HEADING, RULE, FENCE, QUOTE].some((sign) => sign.test(line)) || interrupts(line);
/** A list may begin within a paragraph, if it is no number that merely stands there: "1984. It was …". */
const interrupts = (line: string): boolean => {
  const item = ITEM.exec(line);
  return item?.[6] !== undefined && (item[3] === undefined || item[3] === "1");
};

function table(lines: readonly string[]): Reading | null {
  const [head = "", under = ""] = lines;
  if (!head.includes("|") || !under.includes("-") || !COLUMNS.test(under)) return null;
  const align = cells(under).map(alignOf);
  if (cells(head).length !== align.length) return null;
  const end = lines.findIndex((line, at) => at > 1 && (blank(line) || begins(line)));
  const body = lines.slice(2, end < 0 ? undefined : end);
  const rows = [head, ...body].map((line) => {
    const found = cells(line).map((cell) => inline(cell));
    return align.map((_, column) => found[column] ?? []);
  });
  return [{ kind: "table", align, rows }, body.length + 2];
}

function cells(line: string): string[] {
  const bare = line
    .trim()
    .replace(/^\|/, "")
    .replace(/(^|[^\\])\|$/, "$1");
  return bare.split(/(?<!\\)\|/).map((cell) => cell.trim().replace(/\\\|/g, "|"));
}

function alignOf(cell: string): Align {
  const [left, right] = [cell.startsWith(":"), cell.endsWith(":")];
  return left && right ? "center" : right ? "right" : left ? "left" : null;
}

function paragraph(lines: readonly string[], depth: number): Reading {
  let at = 1;
  for (; at < lines.length && !blank(lines[at]); at++) {
    const line = lines[at] ?? "";
    const under = UNDERLINE.exec(line);
    if (under) {
      const level = under[1]?.startsWith("=") ? 1 : 2;
      return [{ kind: "heading", level, inside: inline(joined(lines.slice(0, at))) }, at + 1];
    }
    if (begins(line) || (depth < DEEPEST && table(lines.slice(at)) !== null)) break;
  }
  return [{ kind: "paragraph", inside: inline(joined(lines.slice(0, at))) }, at];
}

const joined = (lines: readonly string[]): string =>
  lines
    .map((line) => line.trimStart())
    .join("\n")
    .trimEnd();
