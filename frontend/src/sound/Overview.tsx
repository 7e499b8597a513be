import { signal } from "@preact/signals";
import { useLayoutEffect, useMemo, useRef } from "preact/hooks";
import { getKind } from "../kinds";
import type { Bench } from "../workbench/bench";
import type { Field } from "../workbench/boot";
import { Backdrop, type Look } from "./backdrop";
import type { Deck } from "./deck";
import { inFrames, onDress } from "./frames";
import { paintLine, readPalette } from "./paint";
import { ready } from "./SoundCanvas";
import { toMs, toX, whole } from "./timeview";
import type { Wave } from "./wave";

const HEIGHT = 36;

interface Props {
  readonly bench: Bench;
  readonly deck: Deck;
  readonly wave: Wave | null;
  readonly field: Field | null;
}

/** The whole sound in one strip, with the part that is seen below; the mouse moves that part, as keys do below. */
export function Overview({ bench, deck, wave, field }: Props) {
  const { session } = bench;
  const canvas = useRef<HTMLCanvasElement>(null);
  const tool = useMemo(() => (field && getKind(field.kind).timeline?.(session, field)) ?? null, [session, field]);
  useLayoutEffect(() => {
    const element = canvas.current;
    if (!element) return;
    const backdrop = new Backdrop();
    const dressed = signal(readPalette(element.parentElement ?? element));
    const paint = () => {
      const [width, view, palette] = [deck.width.value, deck.view.value, dressed.value];
      const arrived = wave?.arrived.value ?? 0;
      const [at, drawn] = [deck.at.value, tool?.drawn() ?? []];
      const ctx = ready(element, width, HEIGHT);
      if (!ctx) return;
      const all = whole(deck.duration.value, width);
      for (const { start, end, color } of drawn) {
        ctx.fillStyle = color;
        ctx.fillRect(toX(all, start), HEIGHT - 5, Math.max(1, (end - start) / all.step), 5);
      }
      if (wave) paintAll(ctx, backdrop, { wave, arrived, width, color: palette.quiet, dark: palette.dark });
      ctx.strokeStyle = palette.ink;
      ctx.lineWidth = 1.5;
      const wide = Math.max(4, (width * view.step) / all.step);
      if (wide < width - 1) ctx.strokeRect(toX(all, view.from) + 1, 1, wide - 2, HEIGHT - 2);
      paintLine(ctx, toX(all, at), HEIGHT, palette.accent);
    };
    const stops = [
      inFrames(paint),
      onDress(() => {
        dressed.value = readPalette(element.parentElement ?? element);
      }),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }, [deck, wave, tool]);
  const look = (event: PointerEvent) => {
    const width = deck.width.value;
    const { step } = deck.view.value;
    const at = toMs(whole(deck.duration.value, width), event.offsetX);
    deck.look({ step, from: at - (width * step) / 2 });
  };
  return (
    <div class="overview">
      <canvas
        ref={canvas}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          look(event);
        }}
        onPointerMove={(event) => event.buttons === 1 && look(event)}
      />
    </div>
  );
}

/** The waveform of all of it, painted once for as long as nothing about it changes. */
function paintAll(ctx: CanvasRenderingContext2D, backdrop: Backdrop, look: Omit<Look, "height" | "spectrum">): void {
  const ratio = devicePixelRatio || 1;
  const size = { width: Math.round(look.width * ratio), height: Math.round((HEIGHT - 6) * ratio) };
  const step = look.wave.head.duration / Math.max(1, size.width);
  backdrop.show(ctx, 0, { from: 0, step }, { ...look, ...size, spectrum: false });
}
