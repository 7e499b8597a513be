/**
 * One round, one tab. A new tab asks the others; the one at work answers, and the new one waits until its person says
 * "work here", which sends the other to rest. A tab that crashed does not answer, so nothing stays locked.
 */
import { signal } from "@preact/signals";

type Message = { readonly say: "anyone" | "me" | "mine-now"; readonly from: string };
export interface Channel {
  postMessage(message: Message): void;
  onmessage: ((event: { readonly data: Message }) => void) | null;
}

export class TabGuard {
  /** "asking" for a moment, then at work here, or elsewhere. */
  readonly state = signal<"asking" | "here" | "elsewhere">("asking");

  private asked = false;

  constructor(
    private readonly channel: Channel,
    private readonly me: string,
  ) {
    channel.onmessage = ({ data }) => this.hear(data);
  }

  async ask(patience: (ms: number) => Promise<void>): Promise<void> {
    this.asked = true;
    this.say("anyone");
    await patience(120);
    // Said aloud, so that a tab that was too fast asleep to answer rests.
    if (this.state.value === "asking") this.takeOver();
  }

  takeOver(): void {
    this.say("mine-now");
    this.state.value = "here";
  }

  private hear({ say, from }: Message): void {
    if (from === this.me || !this.asked) return;
    if (say === "anyone" && this.state.value === "here") this.say("me");
    // Two that ask at the same moment, as after a restart of the browser: the smaller name works.
    if (say === "anyone" && this.state.value === "asking") {
      if (this.me < from) this.say("me");
      else this.state.value = "elsewhere";
    }
    if (say === "me" && this.state.value === "asking") this.state.value = "elsewhere";
    if (say === "mine-now") this.state.value = "elsewhere";
  }

  private say(say: Message["say"]): void {
    this.channel.postMessage({ say, from: this.me });
  }
}
