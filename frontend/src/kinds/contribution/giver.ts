/** One field's way of being given something: the consent, the recording, and what is on its way to the server. */
import { signal } from "@preact/signals";
import { t } from "../../words";
import { clientId, type Refusal, Refused } from "../../workbench/api";
import type { Bench } from "../../workbench/bench";
import type { Field, Task } from "../../workbench/boot";
import { sentence } from "../../workbench/sentences";
import type { Session } from "../../workbench/session";
import { Keeping, type Waiting } from "./keeping";
import { type ContributionAnswer, type Given, wantedOf } from "./model";
import { Hindered, type Hindrance, Recorder } from "./recorder";

interface Received {
  readonly kept: boolean;
  readonly given: Given;
  readonly problems: readonly Refusal[];
}
export interface Sending {
  readonly waiting: Waiting;
  readonly state: "sending" | "waiting" | "refused";
  /** Why it was refused, or why it does not get through. */
  readonly said: readonly string[];
}
export interface Recording {
  readonly seconds: number;
  /** The loudest of just now, in dB below full scale. */
  readonly level: number;
}
type ConsentState = "unknown" | "needed" | "agreed" | "unreachable";

const QUIETEST = -96;
const PAUSE_MS = 4_000;
/** A store that does not answer for so long is none. */
const DISK_PATIENCE_MS = 3_000;
/** The server lets go of what no answer used after a day: nobody waits for it longer here. */
const OLD_MS = 2 * 24 * 3_600_000;
const keeping = new Keeping();
const givers = new WeakMap<Session, Map<string, Giver>>();

export function giverOf(bench: Bench, field: Field): Giver {
  const mine = givers.get(bench.session) ?? new Map<string, Giver>();
  givers.set(bench.session, mine);
  const known = mine.get(field.id) ?? new Giver(bench, field);
  mine.set(field.id, known);
  return known;
}

/** What still keeps an answer from being submitted; undefined where nothing does. */
export function busyWith(session: Session, field: Field): string | undefined {
  const giver = givers.get(session)?.get(field.id);
  if (giver?.recording.value) return t("The recording is still running: stop it first.");
  if (giver?.sending.value.some(({ state }) => state !== "refused")) return t("It is still on its way to the server.");
  return undefined;
}

export class Giver {
  readonly consent = signal<ConsentState>("unknown");
  readonly recording = signal<Recording | null>(null);
  readonly hindrance = signal<Hindrance | null>(null);
  readonly sending = signal<readonly Sending[]>([]);
  private recorder: Recorder | null = null;
  private starting = false;
  private readonly owner: string;

  constructor(
    private readonly bench: Bench,
    readonly field: Field,
  ) {
    const { boot } = bench.parts;
    this.owner = boot.owner ?? `${boot.person.id}:${boot.round.id}`;
    globalThis.addEventListener?.("online", () => this.hurry());
  }

  get answer(): ContributionAnswer {
    return this.bench.session.answer(this.field) as ContributionAnswer;
  }

  /** Looks whether these very words were agreed to, and takes up what an earlier page could not send. */
  async begin(task: Task): Promise<void> {
    if (this.consent.value !== "agreed") await this.lookForConsent();
    const stored = await keeping.load(this.owner).catch(() => []);
    const known = new Set(this.sending.value.map(({ waiting }) => waiting.id));
    for (const waiting of stored) {
      if (this.bench.parts.now() - waiting.at > OLD_MS) void keeping.remove(waiting.id).catch(() => {});
      const here = waiting.slot === task.slot && waiting.field === this.field.id && !known.has(waiting.id);
      if (here) void this.send(waiting, task);
    }
  }

  private async lookForConsent(): Promise<void> {
    const { version, zh, en } = wantedOf(this.field).consent;
    try {
      const { consents } = await this.bench.parts.api.get<{ consents: readonly Agreed[] }>("/api/v1/consents");
      const holds = (one: Agreed) =>
        one.project === this.bench.parts.boot.project.id &&
        one.withdrawn_at === null &&
        [one.version, one.zh, one.en].join("\n") === [version, zh, en].join("\n");
      this.consent.value = consents.some(holds) ? "agreed" : "needed";
    } catch {
      this.consent.value = "unreachable";
    }
  }

  async agree(): Promise<void> {
    const { api, boot } = this.bench.parts;
    const { version, zh, en } = wantedOf(this.field).consent;
    const consent = { version, zh, en };
    try {
      await api.send("POST", `/api/v1/rounds/${boot.round.id}/consents`, { field: this.field.id, consent });
      this.consent.value = "agreed";
      for (const { waiting } of this.sending.value) this.again(waiting.id);
    } catch (error) {
      this.bench.say("bad", sentence(error));
    }
  }

  /** The key: begins to record, or ends. */
  async toggle(): Promise<void> {
    if (this.recorder) {
      this.stop();
      return;
    }
    if (this.starting || this.consent.value !== "agreed") return;
    this.starting = true;
    this.hindrance.value = null;
    this.bench.session.activate(this.field.id);
    this.forgetRefused();
    const most = wantedOf(this.field).max_seconds;
    try {
      this.recorder = await Recorder.begin((seconds, loudest) => {
        if (!this.recorder) return;
        this.recording.value = { seconds, level: Math.max(QUIETEST, 20 * Math.log10(loudest + 1e-9)) };
        this.bench.clock.touch();
        if (seconds >= most) this.stop();
      });
      this.recording.value = { seconds: 0, level: QUIETEST };
    } catch (error) {
      this.hindrance.value = error instanceof Hindered ? error.why : "failed";
    } finally {
      this.starting = false;
    }
  }

  private stop(): void {
    const recorder = this.recorder;
    this.recorder = null;
    this.recording.value = null;
    if (recorder) this.give(recorder.end());
  }

  /** The item went away under a running recording. */
  abandon(): void {
    this.recorder?.release();
    this.recorder = null;
    this.recording.value = null;
    this.sending.value = [];
  }

  /** Something is there: it is kept in this browser, then sent. */
  give(content: Blob, then: () => void = () => {}): void {
    const task = this.bench.session.task.value;
    if (!task) return;
    const at = this.bench.parts.now();
    const waiting = { id: clientId(), owner: this.owner, slot: task.slot, field: this.field.id, content, at };
    this.forgetRefused();
    const patience = new Promise<void>((resolve) => setTimeout(resolve, DISK_PATIENCE_MS));
    const stored = keeping.put(waiting).catch(() => {});
    void Promise.race([stored, patience]).then(() => this.send(waiting, task, then));
  }

  private async send(waiting: Waiting, task: Task, then: () => void = () => {}): Promise<void> {
    this.note(waiting, "sending");
    try {
      const query = new URLSearchParams({ id: waiting.id, slot: String(task.slot), lease: task.lease });
      query.set("field", this.field.id);
      const url = `/api/v1/rounds/${this.bench.parts.boot.round.id}/contributions?${query}`;
      const { kept, given, problems } = await this.bench.parts.api.upload<Received>(url, waiting.content);
      // Into the answer before the copy here goes: whoever closes the page between the two has lost nothing.
      if (kept && this.bench.session.task.value?.slot === task.slot) this.keep(given, then);
      await this.drop(waiting.id);
      if (!kept) this.note(waiting, "refused", problems.map(said));
    } catch (error) {
      await this.failed(error, waiting, task, then);
    }
  }

  private async failed(error: unknown, waiting: Waiting, task: Task, then: () => void): Promise<void> {
    if (error instanceof Refused && error.refusal.code === "consent-needed") {
      this.consent.value = "needed";
      this.note(waiting, "waiting", [sentence(error)]);
    } else if (error instanceof Refused && !error.passing) {
      await this.drop(waiting.id);
      this.note(waiting, "refused", [sentence(error)]);
    } else {
      this.note(waiting, "waiting", [sentence(error)]);
      await this.bench.parts.pause(PAUSE_MS);
      if (this.isWaiting(waiting.id) && this.bench.session.task.value?.slot === task.slot) {
        await this.send(waiting, task, then);
      }
    }
  }

  /** It goes into the answer; where the answer takes one alone, in place of the one before. */
  private keep(given: Given, then: () => void): void {
    const { most } = wantedOf(this.field);
    const others = most === 1 ? [] : this.answer.given.filter(({ id }) => id !== given.id);
    this.bench.session.change(this.field, { kind: "contribution", given: [...others, given] } as ContributionAnswer);
    this.bench.notice.value = null;
    then();
  }

  remove(id: string): void {
    const given = this.answer.given.filter((one) => one.id !== id);
    this.bench.session.change(this.field, { kind: "contribution", given } as ContributionAnswer);
  }

  dismiss(id: string): void {
    void this.drop(id);
  }

  again(id: string): void {
    const task = this.bench.session.task.value;
    const one = this.sending.value.find(({ waiting }) => waiting.id === id);
    if (task && one?.state === "waiting") void this.send(one.waiting, task);
  }

  private hurry(): void {
    for (const { waiting } of this.sending.value) this.again(waiting.id);
  }

  private isWaiting(id: string): boolean {
    return this.sending.value.some(({ waiting, state }) => waiting.id === id && state === "waiting");
  }

  private forgetRefused(): void {
    this.sending.value = this.sending.value.filter(({ state }) => state !== "refused");
  }

  private note(waiting: Waiting, state: Sending["state"], reasons: readonly string[] = []): void {
    if (this.bench.session.task.value?.slot !== waiting.slot) return;
    const others = this.sending.value.filter((one) => one.waiting.id !== waiting.id);
    this.sending.value = [...others, { waiting, state, said: reasons }];
  }

  private async drop(id: string): Promise<void> {
    this.sending.value = this.sending.value.filter(({ waiting }) => waiting.id !== id);
    await keeping.remove(id).catch(() => {});
  }
}

interface Agreed {
  readonly project: number;
  readonly version: string;
  readonly zh: string;
  readonly en: string;
  readonly withdrawn_at: string | null;
}

const said = ({ message, next }: Refusal) => `${message} ${next}`.trim();
