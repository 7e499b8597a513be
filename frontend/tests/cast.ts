/** Small rulebooks and a bench with a made-up server: what the tests share. */
import "fake-indexeddb/auto";
import { Api } from "../src/workbench/api";
import { Bench } from "../src/workbench/bench";
import type { Boot, Check, Field, Label, Rulebook, Ruling, Task } from "../src/workbench/boot";
import { Pictures } from "../src/workbench/media";
import { Settings } from "../src/workbench/settings";
import { BrowserStore } from "../src/workbench/store";

export const words = (text: string) => ({ zh: text, en: text });

export function label(id: string, hotkey: string | null = null): Label {
  return { id, name: words(id), definition: words(""), color: "#0072b2", hotkey };
}

export function field(id: string, kind: string, labels: string[], more: Partial<Field> = {}): Field {
  return { id, kind, target: "item", required: true, title: words(id), labels, options: {}, ...more };
}

export function rulebook(fields: Field[], checks: Check[] = []): Rulebook {
  const ids = [...new Set(fields.flatMap((each) => each.labels))];
  const labels = ids.map((id) => label(id));
  return { id: 1, version: "1.0.0", title: words("rules"), fields, labels, clauses: [], examples: [], checks };
}

export const DEFECTS = rulebook(
  [field("defects", "box", ["scratch", "crack"])],
  [
    {
      id: "min-size",
      field: "defects",
      when: null,
      expect: [">=", ["var", "width"], ["num", 8]],
      message: words("too narrow"),
      clause: null,
    },
  ],
);
export const MOOD = rulebook([field("mood", "choice", ["pos", "neg"])]);

export function task(slot: number, more: Partial<Task> = {}): Task {
  const item = { id: slot, media: "image", name: `item ${slot}`, text: null, url: null, width: 640, height: 400 };
  const lease = `lease ${slot}`;
  return { slot, lease, lease_until: null, item, revision: 0, answers: null, note: null, ...more };
}

type Answered = [number, unknown] | "no network";
export type Answerer = (path: string, body: Record<string, unknown>) => Answered | Promise<Answered>;

/** A bench whose server is `answerer`; time stands still and pauses end when the test says so. */
export function bench(
  rules: Rulebook,
  answerer: Answerer,
  name: string = crypto.randomUUID(),
  rulings: readonly Ruling[] = [],
  round: Partial<Boot["round"]> = {},
) {
  const sleepers: (() => void)[] = [];
  const fetcher = (async (url: string, init: RequestInit) => {
    const answer = await answerer(
      url,
      typeof init.body === "string" ? (JSON.parse(init.body) as Record<string, unknown>) : {},
    );
    if (answer === "no network") throw new TypeError("Failed to fetch");
    const [status, body] = answer;
    return new Response(status === 204 ? null : JSON.stringify(body), { status });
  }) as unknown as typeof fetch;
  const booted = boot(rules);
  const made = new Bench({
    boot: { ...booted, rulings, round: { ...booted.round, ...round } },
    api: new Api("token", fetcher),
    store: new BrowserStore(name),
    settings: new Settings(null),
    pictures: new Pictures(() => Promise.reject(new Error("no pictures here"))),
    pause: () => new Promise((resolve) => sleepers.push(resolve)),
    now: () => 1_000_000,
  });
  const wake = () => {
    for (const rise of sleepers.splice(0)) rise();
  };
  return { bench: made, wake, name };
}

export function boot(rules: Rulebook): Boot {
  return {
    locale: "en",
    words: {},
    csrf: "token",
    project: { id: 1, name: "steel" },
    round: { id: 5, kind: "trial", kind_name: "Trial", number: 1 },
    rulebook: rules,
    rulings: [],
    person: { id: 7, name: "Careful" },
    today: { done: 0 },
    urls: { lease: "lease", submit: "submit", mine: "mine", questions: "questions", drafts: "drafts", back: "/" },
  };
}

/** Wait until `holds`, or fail by the test's own time limit. */
export async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 2));
}
