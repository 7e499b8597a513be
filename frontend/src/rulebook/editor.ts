/** CodeMirror, as this page uses it. */
import {
  acceptCompletion,
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
} from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { bracketMatching, HighlightStyle, indentOnInput, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { type Diagnostic, lintGutter, lintKeymap, setDiagnostics } from "@codemirror/lint";
import { highlightSelectionMatches, search, searchKeymap } from "@codemirror/search";
import { EditorState, type Extension } from "@codemirror/state";
import {
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  highlightSpecialChars,
  keymap,
  lineNumbers,
} from "@codemirror/view";
import { tags } from "@lezer/highlight";
import type { Problem } from "./boot";
import { completing, type Known } from "./completing";
import { rulebookLanguage } from "./language";

const colours = HighlightStyle.define([
  { tag: tags.propertyName, class: "tok-key" },
  { tag: tags.string, class: "tok-text" },
  { tag: [tags.number, tags.atom], class: "tok-value" },
  { tag: tags.comment, class: "tok-comment" },
  { tag: tags.heading, class: "tok-heading" },
  { tag: tags.labelName, class: "tok-clause" },
  { tag: tags.meta, class: "tok-english" },
  { tag: tags.strong, class: "tok-strong" },
  { tag: tags.punctuation, class: "tok-sign" },
]);

export interface Parts {
  readonly text: string;
  readonly label: string;
  readonly phrases: Readonly<Record<string, string>>;
  readonly known: () => Known;
  readonly more: readonly Extension[];
}

export function newEditor(parent: HTMLElement, parts: Parts): EditorView {
  const state = EditorState.create({
    doc: parts.text,
    extensions: [
      lineNumbers(),
      lintGutter(),
      highlightActiveLine(),
      highlightActiveLineGutter(),
      highlightSpecialChars(),
      history(),
      indentOnInput(),
      indentUnit.of("  "),
      bracketMatching(),
      closeBrackets(),
      rulebookLanguage,
      syntaxHighlighting(colours),
      autocompletion({ override: [completing(parts.known)], icons: false }),
      search({ top: true }),
      highlightSelectionMatches({ minSelectionLength: 2 }),
      EditorView.lineWrapping,
      EditorView.contentAttributes.of({ "aria-label": parts.label, spellcheck: "false", autocorrect: "off" }),
      EditorState.phrases.of({ ...parts.phrases }),
      ...parts.more,
      // Tab takes a completion that is open and else leaves the text, as everywhere: Ctrl-] and Ctrl-[ indent.
      keymap.of([
        { key: "Tab", run: acceptCompletion },
        ...closeBracketsKeymap,
        ...completionKeymap,
        ...lintKeymap,
        ...searchKeymap,
        ...historyKeymap,
        ...defaultKeymap,
      ]),
    ],
  });
  return new EditorView({ state, parent });
}

/** What the server found, at its lines. What has no line stands in the list alone. */
export function showProblems(view: EditorView, problems: readonly Problem[]): void {
  const found: Diagnostic[] = [];
  for (const problem of problems) {
    if (problem.line < 1) continue;
    const line = view.state.doc.line(Math.min(problem.line, view.state.doc.lines));
    const from = line.from + (line.text.length - line.text.trimStart().length);
    const message = `${problem.message} ${problem.next}${problem.caret ? `\n${problem.caret}` : ""}`;
    found.push({ from: Math.min(from, line.to), to: line.to, severity: problem.severity, message });
  }
  view.dispatch(setDiagnostics(view.state, found));
}

/** The cursor at a line (from 1), a third down the box. */
export function goTo(view: EditorView, line: number, focus: boolean): void {
  const at = view.state.doc.line(Math.max(1, Math.min(line, view.state.doc.lines)));
  view.dispatch({
    ...(focus ? { selection: { anchor: at.from, head: at.to } } : {}),
    effects: EditorView.scrollIntoView(at.from, { y: "start", yMargin: focus ? 120 : 4 }),
  });
  if (focus) view.focus();
}
