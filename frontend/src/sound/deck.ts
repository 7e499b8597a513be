/**
 * Where a person is in a sound: what is seen, where the playhead stands, what is playing. The player is the browser's own;
 * nothing here changes an answer.
 */
import { signal } from "@preact/signals";
import type { Bench } from "../workbench/bench";
import type { Session } from "../workbench/session";
import { around, type TimeView, toX, whole, within, zoomedAt } from "./timeview";

export const SPEEDS = [0.5, 0.75, 1, 1.25, 1.5, 2, 2.5, 3] as const;
export interface Stretch {
  readonly start: number;
  readonly end: number;
}
/** What a deck needs of an `<audio>`. */
export interface Player {
  currentTime: number;
  playbackRate: number;
  readonly paused: boolean;
  play(): Promise<void>;
  pause(): void;
}

export class Deck {
  readonly at = signal(0);
  readonly playing = signal(false);
  readonly speed = signal(1);
  readonly looping = signal(false);
  readonly spectrum = signal(true);
  readonly view = signal<TimeView>({ from: 0, step: 10 });
  readonly width = signal(0);
  readonly duration = signal(0);
  /** Where a new stretch was begun with a key. */
  readonly mark = signal<number | null>(null);
  readonly trouble = signal(false);
  /** The server listens for voices in the sound of this slot; which share of it was heard. */
  readonly listening = signal<{ readonly slot: number; readonly share: number } | null>(null);
  private player: Player | null = null;
  /** Playing ends here. */
  private until: number | null = null;
  private fits = true;

  /** Another sound. */
  open(duration: number): void {
    this.pause();
    this.duration.value = duration;
    this.at.value = 0;
    this.mark.value = null;
    this.trouble.value = false;
    this.listening.value = null;
    this.fit();
  }

  attach(player: Player | null): void {
    this.player = player;
    if (player) player.playbackRate = this.speed.value;
  }

  resize(width: number): void {
    this.width.value = width;
    if (this.fits) this.fit();
    else this.look(this.view.value);
  }

  toggle(): void {
    if (this.playing.value) this.pause();
    else this.play(null);
  }

  /** From the playhead to the end, or a stretch of it. */
  play(only: Stretch | null): void {
    if (!this.player) return;
    if (only) this.seek(only.start);
    else if (this.at.value >= this.duration.value - 1) this.seek(0);
    this.until = only?.end ?? null;
    this.player.playbackRate = this.speed.value;
    this.playing.value = true;
    this.player.play().catch(() => {
      this.playing.value = false;
      this.trouble.value = true;
    });
  }

  pause(): void {
    this.player?.pause();
    this.playing.value = false;
    this.until = null;
  }

  seek(ms: number): void {
    this.at.value = Math.max(0, Math.min(this.duration.value, ms));
    if (this.player) this.player.currentTime = this.at.value / 1000;
    this.follow();
  }

  by(ms: number): void {
    this.seek(this.at.value + ms);
  }

  /** The next speed up or down. */
  shift(by: 1 | -1): void {
    const at = SPEEDS.findIndex((each) => each === this.speed.value);
    this.setSpeed(SPEEDS[Math.max(0, Math.min(SPEEDS.length - 1, at + by))] ?? 1);
  }

  setSpeed(speed: number): void {
    this.speed.value = speed;
    if (this.player) this.player.playbackRate = speed;
  }

  /** Once a frame while it plays: where the player is, and back to the beginning of what is looped. */
  tick(looped: Stretch | null): void {
    if (!this.player || !this.playing.value) return;
    this.at.value = this.player.currentTime * 1000;
    if (this.looping.value && looped && (this.at.value >= looped.end || this.at.value < looped.start - 50)) {
      this.seek(looped.start);
    } else if (!this.looping.value && this.until !== null && this.at.value >= this.until) {
      const end = this.until;
      this.pause();
      this.seek(end);
    }
    this.follow();
  }

  /** The player came to the end by itself. */
  ended(looped: Stretch | null): void {
    this.playing.value = false;
    if (this.looping.value) this.play({ start: looped?.start ?? 0, end: this.duration.value });
    else this.at.value = this.duration.value;
  }

  look(view: TimeView): void {
    this.fits = false;
    this.view.value = within(view, this.duration.value, this.width.value);
  }

  fit(): void {
    this.fits = true;
    this.view.value = whole(this.duration.value, this.width.value);
  }

  show({ start, end }: Stretch): void {
    this.look(around(start, end, this.width.value));
  }

  /** By a factor, around `at`: the playhead where it is seen, else the middle. */
  zoom(factor: number, at: number = this.still()): void {
    this.look(zoomedAt(this.view.value, factor, at));
  }

  private still(): number {
    const { from, step } = this.view.value;
    const x = toX(this.view.value, this.at.value);
    return x >= 0 && x <= this.width.value ? this.at.value : from + (this.width.value * step) / 2;
  }

  /** A playhead that leaves the view takes it along, a page at a time. */
  private follow(): void {
    const x = toX(this.view.value, this.at.value);
    const { width } = this;
    if (x >= 0 && x <= width.value * 0.98) return;
    const { step } = this.view.value;
    const fits = this.fits;
    this.look({ step, from: this.at.value - width.value * step * 0.1 });
    this.fits = fits;
  }
}

const decks = new WeakMap<Session, Deck>();

/** The deck of a bench, or of a session by itself. */
export function deckOf(of: Bench | Session): Deck {
  const session = "session" in of ? of.session : of;
  const known = decks.get(session) ?? new Deck();
  decks.set(session, known);
  return known;
}
