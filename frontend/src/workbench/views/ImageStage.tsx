import { effect } from "@preact/signals";
import { useLayoutEffect, useMemo, useRef } from "preact/hooks";
import { getKind } from "../../kinds";
import { pick, t } from "../../words";
import type { Bench } from "../bench";
import { Canvas } from "../canvas";

/** Two canvases: a still one (image and resting shapes), and an active one (the stroke, grips, crosshair). */
export function ImageStage({ bench }: { bench: Bench }) {
  const frame = useRef<HTMLDivElement>(null);
  const still = useRef<HTMLCanvasElement>(null);
  const active = useRef<HTMLCanvasElement>(null);
  const { session } = bench;
  const item = session.task.value?.item;
  const field = session.field.value;
  const tool = useMemo(() => getKind(field.kind).tool?.(session, field) ?? null, [session, field]);

  useLayoutEffect(() => {
    if (!frame.current) return;
    const watch = new ResizeObserver(([entry]) => {
      if (!entry) return;
      bench.stage.value = { width: entry.contentRect.width, height: entry.contentRect.height };
      if (bench.fits.value) bench.fit();
    });
    watch.observe(frame.current);
    return () => watch.disconnect();
  }, [bench]);

  useLayoutEffect(() => {
    if (!still.current || !active.current) return;
    const canvas = new Canvas(bench, tool, still.current, active.current);
    const stop = effect(() => canvas.paint());
    const letGo = bench.letGoes.subscribe(() => tool?.cancel());
    return () => {
      stop();
      letGo();
      canvas.close();
    };
  }, [bench, tool]);

  return (
    <div
      class="frame"
      ref={frame}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the canvas takes keys
      tabIndex={0}
      role="application"
      aria-label={t("Image {name}: {title}", { name: item?.name ?? "", title: pick(field.title) })}
    >
      <canvas ref={still} />
      <canvas ref={active} />
      <Missing bench={bench} url={item?.url ?? ""} />
    </div>
  );
}

function Missing({ bench, url }: { bench: Bench; url: string }) {
  void bench.pictures.arrived.value;
  if (!bench.pictures.find(url)?.failed) return null;
  return (
    <div class="nothing">
      <p>{t("The image could not be loaded.")}</p>
      <button type="button" onClick={() => void bench.pictures.fetch(url)}>
        {t("Try again")}
      </button>
    </div>
  );
}
