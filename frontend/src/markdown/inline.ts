/** Markdown within a line, as pieces to be drawn. Nothing of the text is ever taken for HTML. */
export type Inline =
  | { readonly kind: "text" | "code" | "break"; readonly text: string }
  | { readonly kind: "strong" | "em" | "del"; readonly inside: readonly Inline[] }
  | { readonly kind: "link"; readonly inside: readonly Inline[]; readonly to: string };

const ESCAPED = /^\\([!-/:-@[-`{-~])/;
const CODE = /^(`+)(?!`)([\s\S]*?[^`])\1(?!`)/;
const LINK =
  /^(!?)\[((?:[^[\]\\]|\\.|\[[^[\]]*\])*)\]\(\s*(?:<([^<>\n]*)>|((?:[^\s()\\]|\\.|\([^\s()]*\))*))(?:\s+(?:"[^"]*"|'[^']*'))?\s*\)/;
const ANGLED = /^<((?:https?|mailto):[^\s<>]+)>/i;
const BARE = /^https?:\/\/[^\s<>"'`*()[\]{}，。；：！？、）】」』》]+[^\s<>"'`*()[\]{}.,;:!?，。；：！？、）】」』》]/i;
const BREAK = /^(?: {2,}|\\)\n/;
const MARKS: readonly (readonly [string, "strong" | "em" | "del"])[] = [
  ["**", "strong"],
  ["__", "strong"],
  ["~~", "del"],
  ["*", "em"],
  ["_", "em"],
];
const PLAIN = /^(?:[^\\`[!<*_~h \n]+|h(?!ttps?:)| (?! +\n))+/;
const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: "\u00a0" };
const DEEPEST = 12;

export function inline(text: string, depth = 0): readonly Inline[] {
  const found: Inline[] = [];
  let plain = "";
  const say = (piece: Inline) => {
    if (plain) found.push({ kind: "text", text: entities(plain) });
    plain = "";
    found.push(piece);
  };
  for (let rest = text, before = ""; rest !== ""; ) {
    const [piece, length] = taken(rest, before, depth);
    if (typeof piece === "string") plain += piece;
    else say(piece);
    before = rest[length - 1] ?? "";
    rest = rest.slice(length);
  }
  if (plain) found.push({ kind: "text", text: entities(plain) });
  return found;
}

type Taken = readonly [piece: Inline | string, length: number];

function taken(rest: string, before: string, depth: number): Taken {
  const plain = PLAIN.exec(rest);
  if (plain) return [plain[0], plain[0].length];
  const escaped = ESCAPED.exec(rest);
  if (escaped) return [escaped[1] ?? "", 2];
  const code = CODE.exec(rest);
  if (code)
    return [{ kind: "code", text: (code[2] ?? "").replace(/\n/g, " ").replace(/^ (.*\S.*) $/, "$1") }, code[0].length];
  const broken = BREAK.exec(rest);
  if (broken) return [{ kind: "break", text: "\n" }, broken[0].length];
  return linked(rest, depth) ?? emphasised(rest, before, depth) ?? [rest[0] ?? "", 1];
}

function linked(rest: string, depth: number): Taken | null {
  const link = LINK.exec(rest);
  if (link && depth < DEEPEST) {
    const to = safe(link[3] ?? link[4] ?? "");
    const words = link[2] || to || "";
    const inside = inline(words, depth + 1);
    // A picture would be fetched from outside: its words and its address stand for it.
    return [to ? { kind: "link", inside, to } : { kind: "em", inside }, link[0].length];
  }
  const bare = ANGLED.exec(rest) ?? BARE.exec(rest);
  if (!bare) return null;
  const to = bare[1] ?? bare[0];
  return [{ kind: "link", inside: [{ kind: "text", text: to }], to }, bare[0].length];
}

/** Where a link may lead: to the web or a mailbox; "javascript:" and the like lead nowhere. */
function safe(to: string): string | null {
  return /^(?:https?:\/\/|mailto:)[^\s]+$/i.test(to) ? to : null;
}

function emphasised(rest: string, before: string, depth: number): Taken | null {
  const both = rest.startsWith("***") ? closing(rest, "***", before) : -1;
  if (both > 0 && depth < DEEPEST) {
    const inside = inline(rest.slice(3, both), depth + 1);
    return [{ kind: "em", inside: [{ kind: "strong", inside }] }, both + 3];
  }
  for (const [mark, kind] of MARKS) {
    if (!rest.startsWith(mark) || depth >= DEEPEST) continue;
    const end = closing(rest, mark, before);
    if (end < 0) continue;
    const inside = inline(rest.slice(mark.length, end), depth + 1);
    return [{ kind, inside }, end + mark.length];
  }
  return null;
}

/**
 * Where the mark that begins `rest` is closed, or -1. Unlike CommonMark it asks only for no space inside the marks (and,
 * for "_", no Latin letter outside of them), so that **“重点”**在此 is strong too.
 */
function closing(rest: string, mark: string, before: string): number {
  const inner = rest[mark.length] ?? " ";
  const wordy = mark[0] === "_" && /\w/.test(before);
  if (/\s/.test(inner) || wordy) return -1;
  for (let at = mark.length; at < rest.length; at++) {
    if (rest[at] === "\\") at++;
    else if (rest[at] === "`") at += (CODE.exec(rest.slice(at))?.[0].length ?? 1) - 1;
    else if (rest.startsWith(mark, at) && closes(rest, mark, at)) return at;
  }
  return -1;
}

function closes(rest: string, mark: string, at: number): boolean {
  if (at === mark.length || /\s/.test(rest[at - 1] ?? " ")) return false;
  const after = rest[at + mark.length] ?? "";
  if (mark.length === 1) return after !== mark && rest[at - 1] !== mark && !(mark === "_" && /\w/.test(after));
  return !(mark === "__" && /\w/.test(after));
}

function entities(text: string): string {
  return text.replace(/&(amp|lt|gt|quot|apos|nbsp);/g, (_, name: string) => ENTITIES[name] ?? "");
}
