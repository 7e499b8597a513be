import { useEffect, useState } from "preact/hooks";
import { pick, t } from "../../words";
import type { Bench } from "../../workbench/bench";
import type { Field } from "../../workbench/boot";
import { Key } from "../../workbench/views/Key";
import { type Giver, giverOf, type Sending } from "./giver";
import { type ContributionAnswer, figures, type Given, type Wanted, wantedOf } from "./model";
import type { Hindrance } from "./recorder";

/** Where something is given, below the prompt: the consent first, then the microphone, the camera or the sheet. */
export function Desk({ bench, field }: { bench: Bench; field: Field }) {
  const giver = giverOf(bench, field);
  const reads = bench.lacks.has("submit");
  const task = bench.session.task.value;
  useEffect(() => {
    if (task && !reads) void giver.begin(task);
    return () => giver.abandon();
  }, [giver, task?.slot]);
  const { given } = bench.session.answer(field) as ContributionAnswer;
  const wanted = wantedOf(field);
  const active = bench.session.fieldId.value === field.id;
  return (
    <section class={active ? "giving" : "giving resting"} aria-label={pick(field.title)}>
      <h3>
        {pick(field.title)} {wanted.most > 1 && <small class="quiet num">{`${given.length} / ${wanted.most}`}</small>}
      </h3>
      {given.length > 0 && (
        <ul class="given">
          {given.map((one) => (
            <Shown key={one.id} one={one} {...(!reads && { remove: () => giver.remove(one.id) })} />
          ))}
        </ul>
      )}
      {reads && given.length === 0 && <p class="quiet">{t("Nothing was given.")}</p>}
      {!reads && <Hand {...{ bench, giver, wanted }} count={given.length} />}
    </section>
  );
}

interface HandProps {
  readonly bench: Bench;
  readonly giver: Giver;
  readonly wanted: Wanted;
  readonly count: number;
}

function Hand({ bench, giver, wanted, count }: HandProps) {
  const state = giver.consent.value;
  if (state === "unknown") return <p class="quiet">{t("One moment …")}</p>;
  if (state === "unreachable") {
    const again = () => bench.session.task.value && void giver.begin(bench.session.task.value);
    return (
      <p class="bad">
        {t("The server cannot be reached.")}{" "}
        <button type="button" onClick={again}>
          {t("Try again")}
        </button>
      </p>
    );
  }
  if (state === "needed") return <Agreement {...{ bench, giver, wanted }} />;
  const way = wanted.mode === "sound" ? Microphone : wanted.mode === "picture" ? Camera : Sheet;
  const Way = way;
  return (
    <>
      <Underway giver={giver} />
      {(count < wanted.most || wanted.most === 1) && <Way {...{ bench, giver, wanted, count }} />}
    </>
  );
}

function Agreement({ bench, giver, wanted }: Omit<HandProps, "count">) {
  return (
    <section class="consent" aria-label={t("Consent")}>
      <h4>
        {t("Before you give anything")} <small class="quiet">{t("version {n}", { n: wanted.consent.version })}</small>
      </h4>
      <p class="words">{pick(wanted.consent)}</p>
      <p class="quiet">
        {t("You can take it back at any time under “What I agreed to”; what you gave is removed then.")}
      </p>
      <div class="acts">
        <button type="button" class="primary" onClick={() => void giver.agree()}>
          {t("I agree")}
        </button>
        <a class="button" href={bench.parts.boot.urls.back}>
          {t("I do not agree: back to my work")}
        </a>
      </div>
    </section>
  );
}

function Underway({ giver }: { giver: Giver }) {
  return (
    <>
      {giver.sending.value.map((one) => (
        <Going key={one.waiting.id} {...{ giver, one }} />
      ))}
    </>
  );
}

function Going({ giver, one: { waiting, state, said } }: { giver: Giver; one: Sending }) {
  if (state === "sending") return <p class="quiet going">{t("It is being looked at …")}</p>;
  return (
    <div class={state === "refused" ? "going bad" : "going warn"} role="alert">
      {said.map((each) => (
        <p key={each}>{each}</p>
      ))}
      {state === "waiting" && (
        <p>
          {t("It is kept in this browser and sent again by itself.")}{" "}
          <button type="button" onClick={() => giver.again(waiting.id)}>
            {t("Try again")}
          </button>
        </p>
      )}
    </div>
  );
}

const FLOOR_DB = -60;

function Microphone({ bench, giver, wanted, count }: HandProps) {
  const now = giver.recording.value;
  return (
    <div class="microphone">
      <button
        type="button"
        class={now ? "record on" : count === 0 ? "record primary" : "record"}
        onMouseDown={(event) => event.preventDefault()}
        onClick={() => void giver.toggle()}
      >
        <i aria-hidden="true" />{" "}
        {now ? t("Stop") : count === 0 || wanted.most > 1 ? t("Begin recording") : t("Record again")}{" "}
        <Key bench={bench} act="give" />
      </button>
      {now ? (
        <Meter level={now.level} wanted={wanted} />
      ) : (
        <span class="quiet">{t("Read the prompt aloud, then stop.")}</span>
      )}
      {now && (
        <span class="num" role="timer">
          {now.seconds.toFixed(1)} / {wanted.max_seconds} s
        </span>
      )}
      {giver.hindrance.value && (
        <p class="bad" role="alert">
          {hindered(giver.hindrance.value)}
        </p>
      )}
    </div>
  );
}

function Meter({ level, wanted }: { level: number; wanted: Wanted }) {
  const share = (db: number) => `${Math.max(0, Math.min(100, (100 * (db - FLOOR_DB)) / -FLOOR_DB))}%`;
  const tone = level > -1 ? "bad" : level < wanted.min_level ? "warn" : "good";
  return (
    <span class={`level ${tone}`} aria-hidden="true">
      <i style={{ width: share(level) }} />
      <b style={{ left: share(wanted.min_level) }} />
    </span>
  );
}

function hindered(why: Hindrance): string {
  const known: Readonly<Record<Hindrance, () => string>> = {
    insecure: () =>
      t("A browser lets a page record only over HTTPS or on this computer itself. Ask the administrator for HTTPS."),
    refused: () =>
      t("The microphone was refused. Click the lock beside the address, allow the microphone, and record again."),
    none: () => t("No microphone was found. Plug one in, and record again."),
    busy: () => t("The microphone is used by another program. Close it, and record again."),
    failed: () => t("The recording could not begin. Reload the page, and try another browser if it fails again."),
  };
  return known[why]();
}

function Camera({ giver, count, wanted }: HandProps) {
  const [over, setOver] = useState(false);
  const take = (files: FileList | null | undefined) => {
    const room = wanted.most === 1 ? 1 : wanted.most - count;
    for (const file of [...(files ?? [])].slice(0, room)) giver.give(file);
  };
  return (
    <label
      class={over ? "camera over" : "camera"}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        take(event.dataTransfer?.files);
      }}
    >
      <input
        type="file"
        accept="image/jpeg,image/png,image/webp,image/heic"
        capture="environment"
        multiple={wanted.most > 1}
        onChange={(event) => {
          take(event.currentTarget.files);
          event.currentTarget.value = "";
        }}
      />
      <span>
        {count > 0 && wanted.most === 1 ? t("Take another in its place") : t("Take or choose a photograph")}
        <small class="quiet"> {t("or drop one here")}</small>
      </span>
    </label>
  );
}

function Sheet({ bench, giver, wanted, count }: HandProps) {
  const slot = bench.session.task.value?.slot ?? 0;
  const kept = `giving-${giver.field.id}-${bench.parts.boot.person.id}-${slot}`;
  const [text, setText] = useState(() => recall(kept));
  const write = (value: string) => {
    setText(value);
    remember(kept, value);
  };
  const hand = () => {
    if (text.trim() === "") return;
    giver.give(new Blob([text], { type: "text/plain" }), () => {
      write("");
      if (wanted.most === 1) bench.submit();
    });
  };
  return (
    <div class="sheet">
      <textarea
        rows={4}
        dir="auto"
        aria-label={pick(giver.field.title)}
        value={text}
        onFocus={() => bench.session.activate(giver.field.id)}
        onInput={(event) => write(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.isComposing || event.keyCode === 229) return;
          if (event.key === "Escape") event.currentTarget.blur();
          if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.repeat) return;
          event.preventDefault();
          event.stopPropagation();
          hand();
        }}
      />
      <span class={[...text].length > wanted.max_characters ? "num bad" : "num quiet"}>
        {[...text].length} / {wanted.max_characters}
      </span>
      <button type="button" class={count === 0 ? "primary" : ""} disabled={text.trim() === ""} onClick={hand}>
        {count > 0 && wanted.most === 1 ? t("Hand it in instead") : t("Hand it in")} <kbd>Ctrl Enter</kbd>
      </button>
    </div>
  );
}

function recall(key: string): string {
  try {
    return localStorage.getItem(key) ?? "";
  } catch {
    return "";
  }
}

function remember(key: string, value: string): void {
  try {
    if (value === "") localStorage.removeItem(key);
    else localStorage.setItem(key, value);
  } catch {
    // a browser that keeps nothing: the sheet itself still has it
  }
}

function Shown({ one, remove }: { one: Given; remove?: () => void }) {
  const url = `/media/contributions/${one.id}`;
  return (
    <li>
      {one.mode === "sound" && (
        // biome-ignore lint/a11y/useMediaCaption: what is said stands above, in the prompt
        <audio controls preload="metadata" src={url} />
      )}
      {one.mode === "picture" && (
        <a href={url} target="_blank" rel="noreferrer">
          <img src={url} alt={t("What was given")} />
        </a>
      )}
      {one.mode === "text" && <Words url={url} />}
      <small class="quiet num">{figures(one)}</small>
      {remove && (
        <button type="button" class="quiet" onMouseDown={(event) => event.preventDefault()} onClick={remove}>
          {t("Take away")}
        </button>
      )}
    </li>
  );
}

function Words({ url }: { url: string }) {
  const [text, setText] = useState<string | null>(null);
  useEffect(() => {
    const scope = new AbortController();
    fetch(url, { credentials: "same-origin", signal: scope.signal })
      .then(async (answer) => setText(answer.ok ? await answer.text() : t("It was taken back.")))
      .catch(() => {});
    return () => scope.abort();
  }, [url]);
  return (
    <blockquote class="whole" dir="auto">
      {text ?? "…"}
    </blockquote>
  );
}
