/** Passages that both changed, each with its choice above it in the text: mine stands until theirs is taken. */
import { type EditorState, type Extension, StateEffect, StateField } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView, WidgetType } from "@codemirror/view";
import type { ConflictSeen, Word } from "./boot";
import { el } from "./dom";

interface Open {
  readonly conflict: ConflictSeen;
  readonly from: number;
  readonly to: number;
}

export const openConflicts = StateEffect.define<readonly Open[]>();
const settle = StateEffect.define<string>();

export const conflictField = StateField.define<readonly Open[]>({
  create: () => [],
  update: (open, tr) => {
    let found = tr.docChanged
      ? open.map((one) => ({ ...one, from: tr.changes.mapPos(one.from, -1), to: tr.changes.mapPos(one.to, 1) }))
      : open;
    for (const effect of tr.effects) {
      if (effect.is(openConflicts)) found = effect.value;
      if (effect.is(settle)) found = found.filter((one) => one.conflict.place !== effect.value);
    }
    return found;
  },
});

/** Where each passage stands in a merged text; one that both removed in part stands where theirs does. */
export function placesOf(text: string, conflicts: readonly ConflictSeen[]): Open[] {
  return conflicts.map((conflict) => {
    const held = (conflict.mine || conflict.theirs).trimEnd();
    const from = Math.max(0, text.indexOf(held));
    return { conflict, from, to: Math.min(text.length, from + held.length) };
  });
}

export function undecided(state: EditorState): number {
  return state.field(conflictField).length;
}

class Choice extends WidgetType {
  constructor(
    private readonly open: Open,
    private readonly say: Word,
  ) {
    super();
  }

  override eq(other: Choice): boolean {
    return this.open === other.open;
  }

  override toDOM(view: EditorView): HTMLElement {
    const { conflict } = this.open;
    const mine = button(this.say(conflict.mine ? "keep-mine" : "keep-removed"), () => this.take(view, conflict.mine));
    const theirs = button(this.say(conflict.theirs ? "take-theirs" : "take-removal"), () =>
      this.take(view, conflict.theirs),
    );
    const wording = el("div", { class: "wording" });
    if (conflict.mine && conflict.theirs) {
      for (const mark of conflict.marks) {
        const name = mark.kind === "gone" ? "del" : mark.kind === "new" ? "ins" : "span";
        wording.append(el(name, {}, mark.text));
      }
    }
    const title = el("b", {}, this.say("both", { place: conflict.place }));
    return el(
      "div",
      { class: "both", role: "group", "aria-label": title.textContent ?? "" },
      title,
      mine,
      theirs,
      wording,
    );
  }

  override ignoreEvent(): boolean {
    return true;
  }

  /** The field is read again: what stood below moved since the widget was made. */
  private take(view: EditorView, text: string): void {
    const open = view.state.field(conflictField).find((one) => one.conflict.place === this.open.conflict.place);
    if (!open) return;
    const held = view.state.sliceDoc(open.from, open.to);
    const wanted = text.trimEnd();
    const isMine = text === this.open.conflict.mine && text !== "";
    view.dispatch({
      ...(isMine || held === wanted ? {} : { changes: { from: open.from, to: open.to, insert: wanted } }),
      effects: settle.of(open.conflict.place),
    });
    view.focus();
  }
}

function button(text: string, act: () => void): HTMLButtonElement {
  const made = el("button", { type: "button" }, text);
  made.addEventListener("click", act);
  return made;
}

export function conflicts(say: Word): Extension {
  const shown = (state: EditorState): DecorationSet =>
    Decoration.set(
      state
        .field(conflictField)
        .map((open) => Decoration.widget({ widget: new Choice(open, say), block: true, side: -1 }).range(open.from)),
      true,
    );
  return [conflictField, EditorView.decorations.compute([conflictField], shown)];
}
