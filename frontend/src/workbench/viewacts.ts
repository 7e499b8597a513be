/** Acts that change what is seen and how the hand is helped, and never an answer. */
import { getKind } from "../kinds";
import type { Rect } from "../plane";
import { heldStretch, isSound } from "../sound/acts";
import { deckOf } from "../sound/deck";
import { t } from "../words";
import type { Action } from "./actions";
import type { Bench } from "./bench";

const pictured = ({ session }: Bench): boolean => session.task.value?.item.media === "image";
const seen = (bench: Bench): boolean => pictured(bench) || isSound(bench);
const holding = (bench: Bench): boolean => pictured(bench) && bench.session.selected.value !== null;

export function viewActions(): Action[] {
  return [
    {
      id: "zoom-in",
      group: "view",
      label: () => t("Zoom in"),
      keys: ["+", "="],
      when: seen,
      run: (on) => (isSound(on) ? deckOf(on).zoom(1.5) : on.zoom(1.25)),
    },
    {
      id: "zoom-out",
      group: "view",
      label: () => t("Zoom out"),
      keys: ["-"],
      when: seen,
      run: (on) => (isSound(on) ? deckOf(on).zoom(1 / 1.5) : on.zoom(0.8)),
    },
    {
      id: "zoom-fit",
      group: "view",
      label: () => t("Show the whole item"),
      keys: ["0"],
      when: seen,
      run: (on) => (isSound(on) ? deckOf(on).fit() : on.fit()),
    },
    {
      id: "zoom-shape",
      group: "view",
      label: () => t("Zoom to the shape in hand"),
      keys: ["Shift+F"],
      when: (on) => holding(on) || (isSound(on) && heldStretch(on.session) !== null),
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
  const stretch = isSound(bench) ? heldStretch(bench.session) : null;
  if (stretch) deckOf(bench).show(stretch);
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
