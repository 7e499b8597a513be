/** The page put together: text, outline, reading, tray, saves. */
import { Annotation, ChangeSet } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { type Boot, type ConflictSeen, type Entry, type Problem, wordsOf } from "./boot";
import { conflicts, openConflicts, placesOf, undecided } from "./conflicts";
import { el, need } from "./dom";
import { goTo, newEditor, showProblems } from "./editor";
import { Keeping } from "./keeping";
import { Outline } from "./outline";
import { Preview } from "./preview";
import { Saving, type State } from "./saving";
import { changesBetween } from "./textdiff";
import { askForExample, Tray } from "./tray";
import { type Edit, type Refused, type TrayItem, Wire } from "./wire";

const LOOK_MS = 350;
const KEEP_MS = 400;
const AGAIN_MS = 5_000;
const fromServer = Annotation.define<boolean>();

export function openDesk(root: HTMLElement): void {
  const boot = JSON.parse(document.getElementById("rulebook-boot")?.textContent ?? "{}") as Boot;
  new Desk(root, boot).begin();
}

class Desk {
  private readonly say;
  private readonly wire;
  private readonly keeping;
  private readonly form;
  private readonly area;
  private readonly view: EditorView;
  private readonly saving: Saving;
  private readonly outline: Outline;
  private readonly preview: Preview;
  private readonly tray: Tray;
  private entries: readonly Entry[];
  private asked = new AbortController();
  private lookTimer = 0;
  private keepTimer = 0;
  /** The line to show in the next reading. */
  private reveal = 0;
  /** What was typed since a text went to the server. */
  private since: ChangeSet | null = null;

  constructor(
    private readonly root: HTMLElement,
    private readonly boot: Boot,
  ) {
    this.say = wordsOf(boot);
    this.wire = new Wire(boot);
    this.entries = boot.entries;
    this.form = need<HTMLFormElement>(root, "form.desk-form");
    this.area = need<HTMLTextAreaElement>(root, "textarea[name=document]");
    this.keeping = new Keeping(localStorage, `guiju:rulebook:${boot.account}:${boot.project}`);
    this.view = newEditor(need(root, ".desk-text"), {
      text: this.area.value,
      label: this.say("document"),
      phrases: boot.phrases,
      known: () => ({ entries: this.entries, kinds: boot.kinds }),
      more: [conflicts(this.say), this.watch(), this.drops()],
    });
    this.preview = new Preview(need(root, ".desk-read"), (line, focus) => goTo(this.view, line, focus));
    this.outline = new Outline(need(root, ".desk-outline"), this.say, (line) => goTo(this.view, line, true));
    this.tray = new Tray(
      need(root, ".desk-tray"),
      this.wire,
      this.say,
      boot.shelves,
      (item) => void this.example(item, null),
      (item) => this.text.includes(`item: ${item.name}\n`),
    );
    this.saving = this.newSaving();
  }

  begin(): void {
    this.root.dataset.ready = "";
    this.outline.show(this.entries);
    this.listProblems(this.boot.problems);
    this.restore();
    this.choose(this.boot.conflicts);
    if (this.boot.at) goTo(this.view, this.boot.at, true);
    this.listen();
    this.shown(this.saving.state, null);
  }

  private newSaving(): Saving {
    return new Saving(
      {
        read: () => this.text,
        send: (id, document, revision) => {
          this.since = ChangeSet.empty(this.view.state.doc.length);
          return this.wire.save(id, document, revision);
        },
        join: (document, revision) => {
          this.since = ChangeSet.empty(this.view.state.doc.length);
          return this.wire.join(document, revision);
        },
        keep: (document, revision) => this.keeping.keep(document, revision),
        forget: () => this.keeping.forget(),
        take: (from, document, open) => this.take(from, document, open),
        show: (state, told) => this.shown(state, told),
        newId: () => crypto.randomUUID(),
        later: (run) => setTimeout(run, AGAIN_MS),
      },
      this.boot.revision,
    );
  }

  private get text(): string {
    return this.view.state.doc.toString();
  }

  // Keys and hands

  /** Wherever the hand is on the page, not in the text alone. */
  private pressed(event: KeyboardEvent): void {
    const acts: Record<string, () => boolean> = { e: () => this.toggleTray(), o: () => this.focusOutline() };
    const isSave = (event.ctrlKey || event.metaKey) && !event.altKey && event.code === "KeyS";
    const plain = event.altKey && !event.ctrlKey && !event.metaKey && !event.shiftKey;
    const act = isSave ? () => this.save() : plain ? acts[event.code.slice(3).toLowerCase()] : undefined;
    if (!act || document.querySelector("dialog[open]")) return;
    event.preventDefault();
    act();
  }

  private watch() {
    return EditorView.updateListener.of((update) => {
      if (update.docChanged) {
        const own = !update.transactions.some((one) => one.annotation(fromServer));
        if (own && this.since) this.since = this.since.compose(update.changes);
        this.typed();
      }
      if (update.selectionSet || update.docChanged) this.marked();
    });
  }

  private drops() {
    return EditorView.domEventHandlers({
      dragover: (event) => {
        if (event.dataTransfer?.types.includes("application/x-guiju-item")) event.preventDefault();
      },
      drop: (event, view) => {
        const item = this.tray.dropped(event.dataTransfer);
        if (!item) return false;
        event.preventDefault();
        const at = view.posAtCoords({ x: event.clientX, y: event.clientY }) ?? view.state.selection.main.head;
        void this.example(item, view.state.doc.lineAt(at).number);
        return true;
      },
    });
  }

  private listen(): void {
    const press = (name: string, act: () => void) =>
      this.root.querySelector(`[data-act="${name}"]`)?.addEventListener("click", act);
    press("tray", () => this.toggleTray());
    press("outline", () => this.root.classList.toggle("without-outline"));
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.save();
    });
    this.root.addEventListener("click", (event) => {
      const link = (event.target as HTMLElement).closest<HTMLElement>("[data-line]");
      if (!link) return;
      event.preventDefault();
      event.stopPropagation();
      goTo(this.view, Number(link.dataset.line), true);
    });
    const reading = need(this.root, ".desk-read");
    reading.addEventListener("dragover", (event) => {
      if (event.dataTransfer?.types.includes("application/x-guiju-item")) event.preventDefault();
    });
    reading.addEventListener("drop", (event) => {
      const item = this.tray.dropped(event.dataTransfer);
      if (!item) return;
      event.preventDefault();
      const at = (event.target as HTMLElement).closest<HTMLElement>("[data-at]");
      void this.example(item, at ? Number(at.dataset.at) : null);
    });
    this.view.scrollDOM.addEventListener("scroll", () => this.scrolled(), { passive: true });
    addEventListener("keydown", (event) => this.pressed(event));
    addEventListener("pagehide", () => this.keep());
    addEventListener("visibilitychange", () => this.keep());
    addEventListener("online", () => {
      if (this.saving.state === "unreachable") this.save();
    });
    addEventListener("focus", () => this.look());
    addEventListener("beforeunload", (event) => {
      // Only where even this browser could not keep it.
      if (this.saving.isChanged && !this.keeping.keep(this.text, this.saving.revision)) event.preventDefault();
    });
  }

  private save(): boolean {
    const open = undecided(this.view.state);
    if (open > 0) this.tell("warn", this.say("decide", { n: open }));
    else void this.saving.save();
    return true;
  }

  private toggleTray(): boolean {
    if (this.tray.isOpen) this.tray.close();
    else this.tray.open();
    return true;
  }

  private focusOutline(): boolean {
    this.root.classList.remove("without-outline");
    this.root.querySelector<HTMLElement>(".desk-outline summary")?.focus();
    return true;
  }

  // The text

  private typed(): void {
    this.area.value = this.text;
    clearTimeout(this.keepTimer);
    this.keepTimer = window.setTimeout(() => this.saving.typed(), KEEP_MS);
    clearTimeout(this.lookTimer);
    this.lookTimer = window.setTimeout(() => this.look(), LOOK_MS);
    if (this.saving.state === "saved") this.shown("changed", null);
  }

  private keep(): void {
    clearTimeout(this.keepTimer);
    if (this.saving.isChanged) this.keeping.keep(this.text, this.saving.revision);
  }

  /** What this browser kept and the server never had: into the editor, with a way back. */
  private restore(): void {
    const kept = this.keeping.read();
    const saved = this.text;
    if (!kept || kept.document === saved) {
      this.keeping.forget();
      return;
    }
    this.view.dispatch({ changes: changesBetween(saved, kept.document), annotations: fromServer.of(true) });
    this.saving.begunAt(kept.revision);
    const back = el("button", { type: "button" }, this.say("restored-back"));
    const when = new Date(kept.at).toLocaleString(document.documentElement.lang);
    const note = this.tell("warn", this.say("restored", { when }), back);
    back.addEventListener("click", () => {
      this.keeping.forget();
      note.remove();
      location.reload();
    });
  }

  /** The server's text takes the place of `from`; what was typed since stays where it was typed. */
  private take(from: string, document: string, open: readonly ConflictSeen[]): void {
    const since = this.since ?? ChangeSet.empty(from.length);
    this.since = null;
    const changes = ChangeSet.of(changesBetween(from, document), from.length).map(since);
    if (!changes.empty) this.view.dispatch({ changes, annotations: fromServer.of(true) });
    this.choose(open);
    this.look();
    void this.refreshPublishing();
  }

  private choose(open: readonly ConflictSeen[]): void {
    if (open.length === 0) return;
    const places = placesOf(this.text, open);
    this.view.dispatch({ effects: openConflicts.of(places) });
    goTo(this.view, this.view.state.doc.lineAt(places[0]?.from ?? 0).number, false);
    this.tell("bad", this.say("decide", { n: open.length }));
  }

  // What the server says of it

  private async look(): Promise<void> {
    this.asked.abort();
    this.asked = new AbortController();
    const text = this.text;
    try {
      const looked = await this.wire.look(text, this.asked.signal);
      if (text !== this.text) return;
      if (looked.html !== null) {
        this.preview.show(looked.html);
        this.entries = looked.entries;
        this.outline.show(looked.entries);
        if (this.reveal) this.preview.follow(this.reveal);
        this.reveal = 0;
      }
      this.root.classList.toggle("unreadable", looked.html === null);
      showProblems(this.view, looked.problems);
      this.listProblems(looked.problems);
      this.marked();
      if (looked.revision > this.saving.revision && this.saving.state !== "saving") this.othersSaved();
    } catch {
      // Somebody types on, or the server cannot be reached: saving says so.
    }
  }

  private othersSaved(): void {
    if (this.root.querySelector(".others-saved")) return;
    const bring = el("button", { type: "button" }, this.say("bring-in"));
    const note = this.tell("warn", this.say("others-saved"), bring);
    note.classList.add("others-saved");
    bring.addEventListener("click", () => {
      note.remove();
      this.saving.bringIn().catch((error: Refused) => this.tell("bad", `${error.message} ${error.next}`));
    });
  }

  private listProblems(problems: readonly Problem[]): void {
    const list = need(this.root, ".desk-problems");
    list.replaceChildren(
      ...problems.map((one) => {
        const tag = el("span", { class: `tag ${one.severity === "error" ? "bad" : "warn"}` }, this.say(one.severity));
        const item = el("li", {}, tag, " ");
        if (one.line) {
          const link = el("a", { class: "num", href: `#line-${one.line}`, "data-line": String(one.line) });
          link.append(this.say("line", { n: one.line }));
          item.append(link, " ");
        }
        item.append(one.message, " ", el("small", { class: "quiet" }, one.next));
        if (one.caret) item.append(el("pre", { class: "log" }, one.caret));
        return item;
      }),
    );
    if (problems.length === 0) list.append(el("li", { class: "quiet" }, this.say("no-problems")));
    const errors = problems.filter((one) => one.severity === "error").length;
    const told = need(this.root, ".desk-count");
    told.textContent = this.say("count", { errors, warnings: problems.length - errors });
    told.classList.toggle("bad", errors > 0);
    showProblems(this.view, problems);
  }

  /** What can be published is said by the page: it is read again after a save. */
  private async refreshPublishing(): Promise<void> {
    const answer = await fetch(location.pathname).catch(() => null);
    if (!answer?.ok) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const id of ["desk-publish", "desk-file"]) {
      const [here, there] = [document.getElementById(id), fresh.getElementById(id)];
      if (here && there) here.replaceWith(there);
    }
    this.shown(this.saving.state, null);
  }

  // Examples

  private async example(item: TrayItem, line: number | null): Promise<void> {
    const at = line ?? this.view.state.doc.lineAt(this.view.state.selection.main.head).number;
    const chosen = await askForExample(item, this.entries, clauseAt(this.entries, at), this.say);
    if (!chosen) return;
    try {
      const document = this.text;
      const edit = await this.wire.example({ document, item: item.item, ...chosen });
      if (document !== this.text) throw new Error(this.say("typed-meanwhile"));
      this.apply(edit);
    } catch (error) {
      this.tell("bad", `${(error as Error).message} ${(error as Refused).next ?? ""}`);
    }
  }

  private apply(edit: Edit): void {
    const { doc } = this.view.state;
    const from = edit.line < doc.lines ? doc.line(edit.line + 1).from : doc.length;
    const to = edit.gone > 0 ? doc.line(edit.line + edit.gone).to + 1 : from;
    const insert = `${edit.lines.join("\n")}\n`;
    this.view.dispatch({ changes: { from, to: Math.min(to, doc.length), insert }, userEvent: "input.drop" });
    this.reveal = edit.line + 1 + edit.gone;
    goTo(this.view, this.reveal, true);
    this.tell("good", this.say("example-there", { id: edit.id }));
  }

  // What is shown

  private marked(): void {
    const line = this.view.state.doc.lineAt(this.view.state.selection.main.head).number;
    this.outline.mark(line);
    this.preview.mark(line);
  }

  private scrolled(): void {
    const block = this.view.lineBlockAtHeight(this.view.scrollDOM.scrollTop + 4);
    this.preview.follow(this.view.state.doc.lineAt(block.from).number);
  }

  private shown(state: State, told: Refused | null): void {
    const said = need(this.root, ".desk-state");
    said.textContent = told && state === "refused" ? `${told.message} ${told.next}` : this.say(`state-${state}`);
    said.className = `desk-state ${{ unreachable: "warn", refused: "bad", saved: "good" }[state as string] ?? ""}`;
    this.root.dataset.state = state;
    const publish = this.root.querySelector<HTMLButtonElement>("#desk-publish form button");
    if (publish) publish.disabled = state !== "saved";
  }

  private tell(how: "good" | "warn" | "bad", text: string, ...acts: HTMLElement[]): HTMLElement {
    const box = need(this.root, ".desk-told");
    const close = el("button", { type: "button", class: "plain", "aria-label": this.say("close") }, "×");
    const note = el(
      "p",
      { class: `flash ${how}`, role: how === "bad" ? "alert" : "status" },
      text,
      " ",
      ...acts,
      " ",
      close,
    );
    close.addEventListener("click", () => note.remove());
    box.replaceChildren(...[...box.children].filter((one) => one.classList.contains("others-saved")), note);
    return note;
  }
}

/** The clause that a line belongs to: its own, or the one that the example or check above it cites is for the server. */
export function clauseAt(entries: readonly Entry[], line: number): string {
  const at = entries.filter((one) => one.line <= line).sort((a, b) => b.line - a.line)[0];
  return at?.group === "clauses" ? at.id : "";
}
