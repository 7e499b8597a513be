import { effect } from "@preact/signals";
import { useEffect, useLayoutEffect, useMemo, useRef } from "preact/hooks";
import { getKind } from "../kinds";
import { pick, t } from "../words";
import type { Bench } from "../workbench/bench";
import type { Field } from "../workbench/boot";
import type { Session } from "../workbench/session";
import { heldStretch } from "./acts";
import { Bar } from "./Bar";
import { clock } from "./clock";
import { deckOf } from "./deck";
import { inFrames, onDress } from "./frames";
import type { SoundProps } from "./LazySound";
import { Overview } from "./Overview";
import { SoundCanvas } from "./SoundCanvas";
import "./sound.css";
import type { Wave } from "./wave";

/** The sound from above to below: its controls, all of it, the part that is looked at, other answers. */
export function SoundStage({ bench, task, children }: SoundProps) {
  const { session, sounds } = bench;
  const deck = deckOf(bench);
  const url = task.item.url ?? "";
  void sounds.arrived.value;
  const held = sounds.find(url);
  const wave = held?.wave ?? null;
  const duration = task.item.duration ?? wave?.head.duration ?? 0;
  useLayoutEffect(() => deck.open(duration), [deck, duration, task.slot]);
  const field = markedBy(session);
  return (
    <div class="sounding">
      <Player bench={bench} url={url} file={held?.file ?? null} />
      <Bar bench={bench} field={field} />
      <Overview {...{ bench, deck, wave, field }} />
      <Timeline {...{ bench, wave, field }} name={task.item.name} />
      {held?.failed && (
        <p class="quiet" role="status">
          {t("The waveform could not be loaded; the sound can still be played.")}{" "}
          <button type="button" onClick={() => void sounds.fetch(url)}>
            {t("Try again")}
          </button>
        </p>
      )}
      <Said bench={bench} />
      {children}
    </div>
  );
}

/** The field whose stretches are shown: the active one, else the first that has any. */
function markedBy(session: Session): Field | null {
  const marks = (field: Field) => getKind(field.kind).timeline !== undefined;
  const active = session.field.value;
  return marks(active) ? active : (session.rulebook.fields.find(marks) ?? null);
}

/** The browser's player. A source that has begun to play is not changed under it. */
function Player({ bench, url, file }: { bench: Bench; url: string; file: string | null }) {
  const deck = deckOf(bench);
  const { session } = bench;
  const audio = useRef<HTMLAudioElement>(null);
  // The file in this browser seeks at once and needs no network; until it is here the server's is played.
  const source = useMemo(() => ({ url: file ?? url }), [url]);
  if (file && !deck.playing.peek() && deck.at.peek() === 0) source.url = file;
  useLayoutEffect(() => {
    const player = audio.current;
    deck.attach(player);
    return () => {
      deck.pause();
      deck.attach(null);
    };
  }, [deck]);
  useEffect(() => {
    let frame = 0;
    const stop = effect(() => {
      cancelAnimationFrame(frame);
      if (!deck.playing.value) return;
      const tick = () => {
        deck.tick(heldStretch(session));
        bench.clock.touch();
        frame = requestAnimationFrame(tick);
      };
      frame = requestAnimationFrame(tick);
    });
    return () => {
      stop();
      cancelAnimationFrame(frame);
    };
  }, [deck, session, bench]);
  return (
    // biome-ignore lint/a11y/useMediaCaption: what is said in it is what is asked
    <audio
      ref={audio}
      src={source.url}
      preload="auto"
      onEnded={() => deck.ended(heldStretch(session))}
      onError={() => {
        deck.trouble.value = true;
      }}
    />
  );
}

function Timeline({
  bench,
  wave,
  field,
  name,
}: {
  bench: Bench;
  wave: Wave | null;
  field: Field | null;
  name: string;
}) {
  const { session } = bench;
  const deck = deckOf(bench);
  const frame = useRef<HTMLDivElement>(null);
  const still = useRef<HTMLCanvasElement>(null);
  const active = useRef<HTMLCanvasElement>(null);
  const tool = useMemo(() => (field && getKind(field.kind).timeline?.(session, field)) ?? null, [session, field]);
  useLayoutEffect(() => {
    if (!frame.current || !still.current || !active.current) return;
    const canvas = new SoundCanvas(bench, deck, wave, tool, still.current, active.current);
    const watch = new ResizeObserver(([entry]) => {
      if (entry) canvas.resize(entry.contentRect.width, entry.contentRect.height);
    });
    watch.observe(frame.current);
    const stops = [
      inFrames(() => canvas.paintStill()),
      inFrames(() => canvas.paintActive()),
      bench.letGoes.subscribe(() => canvas.cancel()),
      onDress(() => {
        canvas.dress();
        canvas.paintStill();
      }),
    ];
    return () => {
      for (const stop of stops) stop();
      watch.disconnect();
      canvas.close();
    };
  }, [bench, deck, wave, tool]);
  return (
    <div
      class="timeline"
      ref={frame}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the canvas takes keys
      tabIndex={0}
      role="application"
      aria-label={t("Sound {name}: {title}", { name, title: field ? pick(field.title) : "" })}
    >
      <canvas ref={still} />
      <canvas ref={active} />
    </div>
  );
}

/** What a screen reader hears of the stretch in hand. */
function Said({ bench: { session } }: { bench: Bench }) {
  const field = session.field.value;
  const stretch = heldStretch(session);
  const tool = useMemo(() => getKind(field.kind).timeline?.(session, field) ?? null, [session, field]);
  const name = tool?.drawn().find((each) => each.held)?.name ?? "";
  return (
    <p class="unseen" aria-live="polite">
      {stretch && `${name}, ${clock(stretch.start)} – ${clock(stretch.end)}`}
    </p>
  );
}
