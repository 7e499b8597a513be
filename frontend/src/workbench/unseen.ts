/** Rulings that this person has not seen yet: brought while work goes on, shown once, and that they were seen is kept. */
import { computed, effect, signal } from "@preact/signals";
import { t } from "../words";
import type { Action } from "./actions";
import type { Bench } from "./bench";
import type { Ruling } from "./boot";

/** A ruling with the items that it is about or that are almost like them, and the labels between which one hesitated. */
export interface UnseenRuling extends Ruling {
  readonly items: readonly number[];
  readonly labels: readonly string[];
}

const EVERY_MS = 20_000;
/** So many are laid out at a time; nobody reads ten at once. */
export const SHOWN = 3;

export class Unseen {
  readonly all = signal<readonly UnseenRuling[]>([]);
  /** Those about the item in hand first, then those about a label in focus, then the newest. */
  readonly shown = computed(() => {
    const { task } = this.bench.session;
    const item = task.value?.item.id;
    const label = this.bench.focus.value.label?.id;
    const matters = (each: UnseenRuling) =>
      (item !== undefined && each.items.includes(item) ? 2 : 0) + (label && each.labels.includes(label) ? 1 : 0);
    return [...this.all.value].sort((a, b) => matters(b) - matters(a) || b.id - a.id).slice(0, SHOWN);
  });
  private sending: Promise<void> = Promise.resolve();

  constructor(private readonly bench: Bench) {}

  private get url(): string {
    return `/api/v1/projects/${this.bench.parts.boot.project.id}/rulings`;
  }

  /** Look now and again while the page is seen; and what was in sight for a whole item has been seen. */
  watch(page: Document = document): () => void {
    void this.fetch();
    const timer = setInterval(() => page.visibilityState === "visible" && void this.fetch(), EVERY_MS);
    const back = () => page.visibilityState === "visible" && void this.fetch();
    page.addEventListener("visibilitychange", back);
    const stop = this.follow();
    return () => {
      clearInterval(timer);
      page.removeEventListener("visibilitychange", back);
      stop();
    };
  }

  /** Items that come and go: those in sight from an item's beginning to its end are seen; a new item tells of its own. */
  follow(): () => void {
    let before: number | undefined;
    let inSight: readonly number[] = [];
    return effect(() => {
      const item = this.bench.session.task.value?.item.id;
      if (item === before) return;
      if (before !== undefined && inSight.length > 0) this.see(inSight);
      before = item;
      const shown = this.shown.peek();
      inSight = shown.map((each) => each.id);
      if (item !== undefined && shown.some((each) => each.items.includes(item)))
        this.bench.say("warn", t("There is a new ruling about an item like this one; it stands beside the rules."));
    });
  }

  async fetch(): Promise<void> {
    try {
      const answer = await this.bench.parts.api.get<{ rulings: readonly UnseenRuling[] }>(`${this.url}/unseen`);
      await this.sending;
      this.all.value = answer.rulings;
    } catch {
      // the next look brings them; work goes on meanwhile
    }
  }

  isAboutItem(ruling: UnseenRuling): boolean {
    return ruling.items.includes(this.bench.session.task.value?.item.id ?? -1);
  }

  /** They are read: gone from the panel at once, and kept by the server; if that fails they come back. */
  see(ids: readonly number[]): void {
    const known = this.all.value.filter((each) => ids.includes(each.id)).map((each) => each.id);
    if (known.length === 0) return;
    this.all.value = this.all.value.filter((each) => !known.includes(each.id));
    const send = () => this.bench.parts.api.send<unknown>("POST", `${this.url}/seen`, { rulings: known });
    this.sending = this.sending.then(send).then(
      () => undefined,
      () => undefined,
    );
  }

  get acts(): readonly Action[] {
    return [
      {
        id: "rulings-read",
        group: "item",
        label: () => t("I have read the new rulings"),
        keys: ["Shift+Q"],
        when: () => this.shown.value.length > 0,
        run: () => this.see(this.shown.value.map((each) => each.id)),
      },
    ];
  }
}
