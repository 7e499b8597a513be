/** What a person chose for their hands, kept in this browser, for each person who works in it, and on their account. */
import { batch, effect, type Signal, signal } from "@preact/signals";
import type { Chosen } from "./keymap";

export type SubmitKey = "Enter" | "Space";
type Store = Pick<Storage, "getItem" | "setItem">;

export class Settings {
  readonly submitKey: Signal<SubmitKey>;
  readonly submitOnChoice: Signal<boolean>;
  /** The labels on the right, the rule on the left. */
  readonly leftHanded: Signal<boolean>;
  readonly snap: Signal<boolean>;
  /** An answer to a turn goes on to the next turn that lacks one. */
  readonly nextTurn: Signal<boolean>;
  readonly keys: Signal<Chosen>;
  /** Suggested parts less sure than this, in [0, 1], are not shown. */
  readonly hideBelow: Signal<number>;
  private readonly all = new Map<string, { readonly held: Signal<unknown>; isValid(value: unknown): boolean }>();

  constructor(
    private readonly store: Store | null,
    private readonly person: number = 0,
  ) {
    this.submitKey = this.kept<SubmitKey>("submit-key", "Enter", (value) => value === "Enter" || value === "Space");
    this.submitOnChoice = this.kept("submit-on-choice", false, isFlag);
    this.leftHanded = this.kept("left-handed", false, isFlag);
    this.snap = this.kept("snap", false, isFlag);
    this.nextTurn = this.kept("next-turn", true, isFlag);
    this.keys = this.kept<Chosen>("keys", {}, isChosen);
    this.hideBelow = this.kept("hide-below", 0, isShare);
  }

  /** All of it by name, as the account keeps it. */
  document(): Record<string, unknown> {
    return Object.fromEntries([...this.all].map(([name, { held }]) => [name, held.value]));
  }

  /** What the account has; what this page does not know, or cannot be, is left as it is. */
  takeOver(document: Readonly<Record<string, unknown>>): void {
    batch(() => {
      for (const [name, { held, isValid }] of this.all) {
        if (isValid(document[name])) held.value = document[name];
      }
    });
  }

  /** Give an act other keys; undefined gives it back the ones it comes with. */
  choose(act: string, keys: readonly string[] | undefined): void {
    const { [act]: _, ...others } = this.keys.value;
    this.keys.value = keys === undefined ? others : { ...others, [act]: keys };
  }

  /** A full or forbidden storage forgets the choice with the page, and keeps nobody from working. */
  private keep(place: string, value: string): void {
    try {
      this.store?.setItem(place, value);
    } catch {
      // said by nobody: the choice itself is in force
    }
  }

  private kept<T>(name: string, usual: T, isValid: (value: unknown) => boolean): Signal<T> {
    const place = `guiju.${name}.${this.person}`;
    const stored = parsed(this.store?.getItem(place) ?? null);
    const held = signal<T>(isValid(stored) ? (stored as T) : usual);
    effect(() => this.keep(place, JSON.stringify(held.value)));
    this.all.set(name, { held: held as Signal<unknown>, isValid });
    return held;
  }
}

function parsed(text: string | null): unknown {
  try {
    return text === null ? null : JSON.parse(text);
  } catch {
    return null;
  }
}

const isFlag = (value: unknown): boolean => typeof value === "boolean";

const isShare = (value: unknown): boolean => typeof value === "number" && value >= 0 && value <= 1;

function isChosen(value: unknown): boolean {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  return Object.values(value).every(
    (keys) => Array.isArray(keys) && keys.every((key) => typeof key === "string" && key !== ""),
  );
}
