/** When a canvas is painted: at most once a frame, and anew in another theme. */
import { effect } from "@preact/signals";

/** Paint now, and once in the frame after anything that was read has changed. */
export function inFrames(paint: () => void): () => void {
  let frame = 0;
  let stop = () => {};
  const run = () => {
    stop();
    let painted = false;
    stop = effect(() => {
      if (painted) {
        frame = requestAnimationFrame(run);
        return;
      }
      painted = true;
      paint();
    });
  };
  run();
  return () => {
    stop();
    cancelAnimationFrame(frame);
  };
}

/** Another theme: colours are to be read anew. */
export function onDress(dress: () => void): () => void {
  const theme = new MutationObserver(dress);
  theme.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
  return () => theme.disconnect();
}
