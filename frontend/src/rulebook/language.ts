/** The rulebook's document: YAML between two lines of `---`, clauses in Markdown below. */
import { StreamLanguage, type StringStream } from "@codemirror/language";
import { tags } from "@lezer/highlight";

interface Where {
  /** 0 above the front matter, 1 in it, 2 below it. */
  part: 0 | 1 | 2;
  fenced: boolean;
  head: boolean;
}

const HEAD = /^(labels|over|if|from):/;

export const rulebookLanguage = StreamLanguage.define<Where>({
  name: "rulebook",
  startState: () => ({ part: 0, fenced: false, head: false }),
  copyState: (state) => ({ ...state }),
  token: (stream, state) => (state.part === 2 ? markdown(stream, state) : yaml(stream, state)),
  blankLine: (state) => {
    state.head = false;
  },
  languageData: { commentTokens: { line: "#" }, closeBrackets: { brackets: ["(", "[", "{", '"', "'"] } },
  tokenTable: { clause: tags.labelName, english: tags.meta, key: tags.propertyName },
});

function yaml(stream: StringStream, state: Where): string | null {
  if (stream.sol() && stream.match(/^---\s*$/)) {
    state.part = state.part === 0 ? 1 : 2;
    return "meta";
  }
  if (stream.eatSpace()) return null;
  if (stream.match(/^#.*/)) return "comment";
  if (stream.match(/^-(?=\s|$)/) || stream.match(/^[[\]{},:]/)) return "punctuation";
  if (stream.match(/^[\w.-]+(?=:(\s|$))/)) return "key";
  if (stream.match(/^"(?:[^"\\]|\\.)*"?/) || stream.match(/^'(?:[^']|'')*'?/)) return "string";
  if (stream.match(/^-?\d+(\.\d+)?(?=[\s,\]}]|$)/)) return "number";
  if (stream.match(/^(true|false|null)(?=[\s,\]}]|$)/)) return "atom";
  if (!stream.match(/^[^\s,\]}{[#:"']+/)) stream.next();
  return null;
}

function markdown(stream: StringStream, state: Where): string | null {
  if (stream.sol()) {
    if (stream.match(/^(```|~~~)/)) {
      state.fenced = !state.fenced;
      stream.skipToEnd();
      return "comment";
    }
    if (state.fenced) {
      stream.skipToEnd();
      return "comment";
    }
    if (stream.match(/^#{1,3}\s+(?=[A-Z]\d)/)) {
      state.head = true;
      return "heading";
    }
    if (stream.match(/^#{1,6}\s.*/)) return "heading";
    if (state.head && stream.match(HEAD)) return "key";
    if (stream.match(/^>\s*en:/)) return "english";
    if (stream.match(/^>\s?/)) return "english";
    if (stream.match(/^\s*([-*+]|\d+[.)])\s/)) return "punctuation";
  }
  if (stream.match(/^[A-Z]\d+(\.\d+)*\b/)) return "clause";
  if (stream.match(/^\*\*[^*]+\*\*/)) return "strong";
  if (stream.match(/^`[^`]+`/)) return "string";
  if (stream.match(/^\[[^\]]*\]\([^)]*\)/)) return "link";
  if (!stream.match(/^[^A-Z*`[]+/)) stream.next();
  return null;
}

/** The part of the document that a line stands in: `labels`, `examples`, …, `clauses`, or nothing above all. */
export function sectionAt(lines: readonly string[], line: number): string {
  const ends = lines.findIndex((one, place) => place > 0 && one.trimEnd() === "---");
  if (ends >= 0 && line > ends) return "clauses";
  for (let place = Math.min(line, lines.length - 1); place > 0; place--) {
    const found = /^([A-Za-z_]+):/.exec(lines[place] ?? "");
    if (found) return found[1] ?? "";
  }
  return "";
}
