/** The workbench as a whole: the item in hand, the ones ahead, what was submitted, and what is on show. */
import { batch, computed, effect, type Signal, signal } from "@preact/signals";
import { getKind } from "../kinds";
import { TURN } from "../kinds/each";
import type { Point } from "../plane";
import { deckOf } from "../sound/deck";
import { Sounds } from "../sound/sounds";
import { t } from "../words";
import type { Action } from "./actions";
import { type Api, clientId, Refused } from "./api";
import { type Boot, type Field, type Item, type Task, takesSeveral } from "./boot";
import { ActiveClock } from "./clock";
import { Drafts } from "./drafts";
import { findFocus } from "./focus";
import { LabelTree, wantsTree } from "./labeltree";
import { type LeftoverStore, Leftovers } from "./leftovers";
import type { Pictures } from "./media";
import type { Other } from "./others";
import { type Entry, type EntryStore, Outbox, submission } from "./outbox";
import { isGap, nextGap, notAsked, openOnTurn, turnFields } from "./partwork";
import { Prefill } from "./prefill";
import { type Leased, TaskQueue } from "./queue";
import { Readiness } from "./readiness";
import { Refusals } from "./refusals";
import type { Last } from "./repeat";
import { Returned } from "./returned";
import { sentence } from "./sentences";
import { Session } from "./session";
import type { Settings } from "./settings";
import type { DraftStore } from "./store";
import { lacksText, withTexts } from "./texts";
import { TreeHand } from "./treehand";
import { Unseen } from "./unseen";
import { Viewport } from "./viewport";

export { sentence } from "./sentences";

export type Sheet = "help" | "palette" | "keys" | "question" | "mine";
export interface Notice {
  readonly tone: "good" | "warn" | "bad";
  readonly text: string;
}
export interface SubmitReply extends Leased {
  readonly annotation: { readonly id: number; readonly revision: number };
}
export interface Done {
  readonly slot: number;
  readonly item: Item;
  readonly revision: number;
  readonly answers: Readonly<Record<string, unknown>>;
  readonly at: string;
}
/** A question that was asked already, and what was ruled on it, if it was. */
export interface Alike {
  readonly id: number;
  readonly text: string;
  readonly ruling: { readonly text: string; readonly clause: string | null } | null;
}
export interface BenchParts {
  readonly boot: Boot;
  readonly api: Api;
  readonly store: EntryStore & DraftStore & LeftoverStore;
  readonly pictures: Pictures;
  readonly settings: Settings;
  readonly pause: (ms: number) => Promise<void>;
  readonly now: () => number;
}

export class Bench {
  readonly session: Session;
  readonly settings: Settings;
  readonly queue: TaskQueue;
  readonly outbox: Outbox<SubmitReply>;
  readonly leftovers: Leftovers;
  readonly drafts: Drafts;
  readonly clock: ActiveClock;
  readonly pictures: Pictures;
  readonly sounds = new Sounds();
  readonly sheet = signal<Sheet | null>(null);
  readonly notice = signal<Notice | null>(null);
  readonly done: Signal<number>;
  readonly closed = signal(false);
  /** The round that takes no answers is only paused. */
  readonly paused = signal(false);
  readonly ready = signal(false);
  /** What takes the keys of a search in the rules: at once, since the next key is already a letter of it. */
  searchField: { focus(): void } | null = null;
  readonly viewport = new Viewport();
  readonly view = this.viewport.view;
  readonly stage = this.viewport.stage;
  readonly fits = this.viewport.fits;
  readonly letGoes = signal(0);
  /** What was submitted last on this page. */
  readonly last = signal<Last | null>(null);
  /** Other answers to the item in hand, shown over it in colours of their own. */
  readonly others = signal<readonly Other[]>([]);
  /** The fields whose labels are a tree, and where the hand is in each. */
  readonly trees: ReadonlyMap<string, TreeHand>;
  readonly focus = computed(() => findFocus(this.session));
  readonly focusClause = computed(() => this.focus.value.clause);
  /** Whether a next item may still come by itself: it is asked for, or an answer that brings it is on its way. */
  readonly mayCome = computed(() => {
    const { waiting, trouble } = this.outbox;
    const isUnderWay = waiting.value.length > 0 && trouble.value === null;
    return this.queue.state.value === "filling" || isUnderWay || !this.ready.value;
  });
  readonly refusals = new Refusals(this);
  readonly returned: Returned;
  readonly prefill: Prefill;
  readonly readiness = new Readiness(this);
  readonly unseen = new Unseen(this);

  constructor(readonly parts: BenchParts) {
    const { boot, api, settings } = parts;
    const owner = boot.owner ?? `${boot.person.id}:${boot.round.id}`;
    this.settings = settings;
    this.pictures = parts.pictures;
    this.session = new Session(boot.rulebook, parts.now);
    this.session.person = boot.person.id;
    this.trees = this.growTrees();
    this.clock = new ActiveClock(parts.now);
    this.done = signal<number>(boot.today.done);
    this.queue = new TaskQueue({
      lease: async (want) => {
        const leased = await this.fetchTasks(want);
        return { ...leased, tasks: await withTexts(leased.tasks) };
      },
      busy: () => this.busy,
      now: () => parts.now() + api.skew,
      onTasks: () => this.session.task.value === null && this.next(),
      pause: parts.pause,
      wanting: () => this.session.task.value === null && !this.closed.value,
    });
    this.outbox = new Outbox<SubmitReply>({
      owner,
      store: parts.store,
      send: (entry) => this.deliver(entry),
      onDelivered: (_, reply) => this.delivered(reply),
      onRefused: (entry) => this.refused(entry),
      onTrouble: (error) => this.refusals.held(error),
      pause: parts.pause,
    });
    this.leftovers = new Leftovers(owner, parts.store, api);
    this.drafts = new Drafts({
      owner,
      store: parts.store,
      send: (task, answers, leaving) => this.sendDraft(task, answers, leaving),
      onRefused: (error) => error instanceof Refused && !error.passing && this.say("warn", sentence(error)),
    });
    effect(() => {
      this.session.snap.value = settings.snap.value;
    });
    this.returned = new Returned(this);
    this.prefill = new Prefill(this);
    effect(() => this.keepDraft());
    effect(() => this.prefetch());
  }

  /** Acts that this page has beside those of every workbench, and those of every workbench that it has not. */
  get ownActs(): readonly Action[] {
    return [...this.returned.acts, ...this.prefill.acts, ...this.unseen.acts];
  }

  get lacks(): ReadonlySet<string> {
    return new Set();
  }

  async start(): Promise<void> {
    await this.outbox.load();
    for (const entry of [...this.outbox.refused.value].reverse()) this.refusals.comeBack(entry);
    void this.outbox.deliver();
    void this.leftovers.deliver();
    if (this.session.task.value === null) this.next();
    await this.queue.fill();
    this.ready.value = true;
  }

  /** Another tab works on: what was begun here is kept. */
  rest(): void {
    this.drafts.flush(false);
  }

  /** Work goes on in this tab: what the other one had in hand, and what it left to be sent. */
  async resume(): Promise<void> {
    this.queue.tasks.value = [];
    this.take(null);
    await this.start();
  }

  submit(): void {
    const task = this.session.task.value;
    if (!task || this.finishes() || this.blocked(task)) return;
    const { session, clock } = this;
    const before = this.refusals.take(task);
    const stored = this.outbox.add({
      id: clientId(),
      task,
      answers: session.encoded(),
      clauses: session.cited.value,
      activeMs: clock.read(),
      more: this.more(task),
    });
    if (before) this.outbox.drop(before.id);
    this.last.value = { item: task.item, answers: session.answers.value };
    this.drafts.forget(task, stored);
    this.notice.value = null;
    this.next();
  }

  /** A label's key or button. */
  press(field: Field, label: string): void {
    if (!this.session.isAsked(field)) {
      this.say("warn", notAsked(this.session, field));
      return;
    }
    const { pressed } = getKind(field.kind);
    if (pressed) {
      const said = pressed(this.session, field, label);
      if (said === null) this.notice.value = null;
      else this.say("warn", said);
      return;
    }
    const gap = isGap(this.session, this.session.turn.value);
    this.session.press(field, label);
    if (field.target === TURN) {
      if (gap && !takesSeveral(field) && this.settings.nextTurn.value) this.onward();
      return;
    }
    const { tool, takesAway } = getKind(field.kind);
    const alone = this.session.rulebook.fields.length === 1 && !takesSeveral(field) && !tool && !takesAway;
    if (alone && this.settings.submitOnChoice.value) this.submit();
  }

  /** A digit's key: the place in the active field's own scale, in its tree, or in its list of labels. */
  digit(n: number, less: boolean): void {
    const field = this.session.active.value;
    const { digit } = getKind(field.kind);
    if (digit && !this.session.isAsked(field)) this.say("warn", notAsked(this.session, field));
    else if (digit) {
      const gap = isGap(this.session, this.session.turn.value);
      digit(this.session, field, n, less);
      if (field.target === TURN && gap && this.settings.nextTurn.value) this.onward();
    } else if (less) return;
    else if (this.trees.has(field.id)) this.trees.get(field.id)?.nth(n);
    else if (field.labels[n - 1]) this.press(field, field.labels[n - 1] ?? "");
  }

  /** The tree that a search of labels looks in: the active field's, or the first. */
  get tree(): TreeHand | undefined {
    return this.trees.get(this.session.fieldId.value) ?? [...this.trees.values()][0];
  }

  next(): void {
    const task = this.closed.value ? null : this.queue.take();
    this.take(task);
    // A submit on its way brings the next items along; a call of its own is for when there is none.
    const coming = this.outbox.waiting.value.length > 0 && this.outbox.trouble.value === null;
    if (!this.closed.value && !(task && coming)) void this.queue.fill();
  }

  /** Correct one's own earlier answer; the item in hand waits at the head of the queue. */
  reopen(done: Done): void {
    if (lacksText(done.item)) {
      const failed = (problem: unknown) => this.say("bad", sentence(problem));
      void withTexts([done]).then(([full]) => full && this.reopen(full), failed);
      return;
    }
    this.setAside();
    const { slot, item, revision, answers } = done;
    this.take({ slot, item, revision, answers, lease: "", lease_until: null, note: null });
    this.sheet.value = null;
  }

  /** Give up a refused answer that came back. */
  giveUp(): void {
    const task = this.session.task.value;
    const entry = task && this.refusals.take(task);
    if (!task || !entry) return;
    this.outbox.drop(entry.id);
    this.drafts.forget(task);
    this.notice.value = null;
    this.next();
  }

  refusalOf(task: Task): Entry["refused"] {
    return this.refusals.of(task);
  }

  async ask(text: string, clause: string | null, labels: readonly string[] = []): Promise<void> {
    const { api, boot } = this.parts;
    const item = this.session.task.value?.item.id;
    await api.send("POST", boot.urls.questions, { id: clientId(), item, text, clause, labels });
    this.say("good", t("Your question is with the trainer. You can go on."));
  }

  /** Questions like one that is being written, with what was ruled on them. */
  async findAlike(text: string, labels: readonly string[]): Promise<readonly Alike[]> {
    const { api, boot } = this.parts;
    const item = this.session.task.value?.item.id;
    if (text === "" && item === undefined) return [];
    const said = new URLSearchParams([["text", text], ...labels.map((each): [string, string] => ["label", each])]);
    if (item !== undefined) said.append("item", String(item));
    return (await api.get<{ alike: readonly Alike[] }>(`/api/v1/projects/${boot.project.id}/questions/alike?${said}`))
      .alike;
  }

  async findMine(): Promise<readonly Done[]> {
    const { api, boot } = this.parts;
    return (await api.get<{ annotations: readonly Done[] }>(`${boot.urls.mine}?limit=20`)).annotations;
  }

  nextField(): void {
    const { rulebook, fieldId, asking } = this.session;
    const ids = rulebook.fields.filter((field) => asking.value.asks(field)).map((field) => field.id);
    this.session.activate(ids[(ids.indexOf(fieldId.value) + 1) % ids.length] ?? fieldId.value);
    getKind(this.session.active.value.kind).enter?.();
  }

  /** A turn that is done lets go of the hand: to the field that it still lacks, else to the next turn that lacks one. */
  private onward(): void {
    const { session } = this;
    const open = openOnTurn(session);
    if (open) {
      session.activate(open.id);
      return;
    }
    const next = nextGap(session, Number(session.turn.value));
    if (next === undefined) return;
    session.turn.value = next;
    const first = turnFields(session).find((field) => session.isAsked(field));
    if (first) session.activate(first.id);
  }

  show(sheet: Sheet): void {
    this.sheet.value = sheet;
  }

  letGo(): void {
    this.session.selected.value = null;
    this.session.outline.clear();
    deckOf(this).mark.value = null;
    this.notice.value = null;
    this.letGoes.value++;
  }

  zoom(factor: number, at?: Point): void {
    this.viewport.zoom(factor, at);
  }

  fit(): void {
    this.viewport.fit(this.session.task.value?.item);
  }

  say(tone: Notice["tone"], text: string): void {
    this.notice.value = { tone, text };
  }

  /** What this page says of the item beside its answers. */
  protected more(task: Task): Entry["more"] {
    return this.prefill.more(task);
  }

  protected finishes(): boolean {
    return this.readiness.finishes();
  }

  protected blocked(task: Task): boolean {
    return this.readiness.blocks(task);
  }

  private growTrees(): Map<string, TreeHand> {
    const { rulebook, labels } = this.session;
    const fields = rulebook.fields.filter((field) => wantsTree(field, labels));
    return new Map(
      fields.map((field) => [
        field.id,
        new TreeHand(new LabelTree(field, labels), (label) => this.press(field, label)),
      ]),
    );
  }

  protected take(given: Task | null): void {
    const task = given && this.prefill.filled(given);
    batch(() => {
      this.session.open(task);
      for (const hand of this.trees.values()) hand.reset();
      this.readiness.reset();
      this.fit();
    });
    this.clock.start();
    if (task) void this.restore(task, given?.answers === null);
  }

  private async restore(task: Task, bare: boolean): Promise<void> {
    const newer = await this.drafts.restore(task, bare);
    const untouched = this.session.task.value === task && this.session.history.done.value.length === 0;
    if (newer !== task && untouched) this.session.open(newer);
  }

  private setAside(): void {
    const task = this.session.task.value;
    if (!task) return;
    this.drafts.flush(false);
    this.queue.giveBack({ ...task, answers: this.session.encoded() });
  }

  private keepDraft(): void {
    const answers = this.session.answers.value;
    const task = this.session.task.peek();
    const { done, undone } = this.session.history;
    const touched = done.peek().length + undone.peek().length > 0;
    if (task && touched) this.drafts.save(task, this.session.encoded(answers));
  }

  /** The images and sounds of the item in hand and of those ahead. */
  private prefetch(): void {
    const tasks = [this.session.task.value, ...this.queue.tasks.value];
    const urls = tasks.flatMap((task) => (task?.item.media === "image" && task.item.url ? [task.item.url] : []));
    this.pictures.keep(new Set(urls));
    const heard = tasks.flatMap((task) => (task?.item.media === "audio" && task.item.url ? [task.item.url] : []));
    this.sounds.keep(new Set(heard));
  }

  /** Ask for up to `want` further items. */
  protected fetchTasks(want: number): Promise<Leased> {
    const { api, boot } = this.parts;
    return api.send<Leased>("POST", boot.urls.lease, { want });
  }

  protected sendDraft({ slot, lease }: Task, answers: Task["answers"], leaving: boolean): Promise<unknown> {
    const { api, boot } = this.parts;
    return api.send("PUT", boot.urls.drafts, { slot, lease, answers }, leaving);
  }

  protected deliver(entry: Entry): Promise<SubmitReply> {
    const body = submission(entry, this.closed.value ? 0 : this.queue.wanted);
    return this.parts.api.send<SubmitReply>("POST", this.parts.boot.urls.submit, body);
  }

  protected delivered(reply: SubmitReply): void {
    if (this.closed.value) this.goesOn();
    // A correction is no further item.
    if (reply.annotation.revision === 1) this.done.value += 1;
    const { left } = this.queue;
    left.value = reply.left ?? (left.value === null ? null : Math.max(0, left.value - 1));
    // A lease that found nothing while this answer was on its way is overtaken: its items are here, or asked for now.
    const { state, tasks } = this.queue;
    if (state.value === "dry" && tasks.value.length === 0) state.value = "filling";
    void withTexts(reply.tasks)
      .then((brought) => this.queue.put(brought))
      // What could not be had is still leased, and comes with the next ones.
      .catch(() => undefined)
      .then(() => {
        if (this.queue.tasks.value.length === 0) void this.queue.fill();
      });
  }

  /** The round takes answers again. */
  private goesOn(): void {
    this.closed.value = false;
    this.notice.value = null;
    if (this.session.task.value === null) this.next();
  }

  protected refused(entry: Entry): void {
    this.refusals.refused(entry);
  }

  protected get busy(): ReadonlySet<number> {
    const current = this.session.task.value;
    const sent = this.outbox.entries.value.map((entry) => entry.task.slot);
    return new Set(current ? [current.slot, ...sent] : sent);
  }
}
