import { effect } from "@preact/signals";
import { useLayoutEffect, useMemo, useRef } from "preact/hooks";
import { getKind } from "../kinds";
import type { Bench } from "../workbench/bench";
import type { Field } from "../workbench/boot";
import type { Deck } from "./deck";
import { paintLine, paintWave, readPalette } from "./paint";
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
    return effect(() => {
      const [width, { from, step }] = [deck.width.value, deck.view.value];
      void wave?.arrived.value;
      const ctx = ready(element, width, HEIGHT);
      if (!ctx) return;
      const palette = readPalette(element.parentElement ?? element);
      const all = whole(deck.duration.value, width);
      for (const { start, end, color } of tool?.drawn() ?? []) {
        ctx.fillStyle = color;
        ctx.fillRect(toX(all, start), HEIGHT - 5, Math.max(1, (end - start) / all.step), 5);
      }
      if (wave) paintWave(ctx, wave, all, { top: 0, width, height: HEIGHT - 6 }, palette.quiet);
      ctx.strokeStyle = palette.ink;
      ctx.lineWidth = 1.5;
      const wide = Math.max(4, (width * step) / all.step);
      if (wide < width - 1) ctx.strokeRect(toX(all, from) + 1, 1, wide - 2, HEIGHT - 2);
      paintLine(ctx, toX(all, deck.at.value), HEIGHT, palette.accent);
    });
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
