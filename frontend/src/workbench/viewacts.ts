/** Acts that change what is seen and how the hand is helped, and never an answer. */
import { getKind } from "../kinds";
import type { Rect } from "../plane";
import { t } from "../words";
import type { Action } from "./actions";
import type { Bench } from "./bench";

const pictured = ({ session }: Bench): boolean => session.task.value?.item.media === "image";
const holding = (bench: Bench): boolean => pictured(bench) && bench.session.selected.value !== null;

export function viewActions(): Action[] {
  return [
    {
      id: "zoom-in",
      group: "view",
      label: () => t("Zoom in"),
      keys: ["+", "="],
      when: pictured,
      run: (on) => on.zoom(1.25),
    },
    {
      id: "zoom-out",
      group: "view",
      label: () => t("Zoom out"),
      keys: ["-"],
      when: pictured,
      run: (on) => on.zoom(0.8),
    },
    {
      id: "zoom-fit",
      group: "view",
      label: () => t("Show the whole item"),
      keys: ["0"],
      when: pictured,
      run: (on) => on.fit(),
    },
    {
      id: "zoom-shape",
      group: "view",
      label: () => t("Zoom to the shape in hand"),
      keys: ["Shift+F"],
      when: holding,
      run: zoomToHeld,
    },
    {
      id: "hide-others",
      group: "view",
      label: () => t("Hide the other shapes, or show them again"),
      keys: ["Shift+H"],
      when: (on) => pictured(on) && (on.session.alone.value || holding(on)),
      run: ({ session }) => {
        session.alone.value = !session.alone.value;
      },
    },
    {
      id: "snap",
      group: "view",
      label: () => t("Snap to corners, edges and the image's border, or not"),
      keys: ["Shift+N"],
      when: pictured,
      run: toggleSnap,
    },
  ];
}

function zoomToHeld(bench: Bench): void {
  const bounds = heldBounds(bench);
  if (bounds) bench.viewport.show(bounds);
}

function heldBounds({ session }: Bench): Rect | null {
  const { selected, field } = session;
  const tool = getKind(field.value.kind).tool?.(session, field.value);
  return (selected.value !== null && tool?.bounds?.(selected.value)) || null;
}

function toggleSnap(bench: Bench): void {
  const { snap } = bench.settings;
  snap.value = !snap.value;
  bench.say("good", snap.value ? t("Points snap to corners, edges and the border.") : t("Points no longer snap."));
}
