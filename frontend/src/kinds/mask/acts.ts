/** What the keyboard does with masks. */
import { t } from "../../words";
import type { Action } from "../../workbench/actions";
import { outlineAct } from "../../workbench/outlining";
import type { Session } from "../../workbench/session";
import { heldShape, removeHeld, stepping } from "../shapes/acts";
import { handOf, type Mode } from "./hand";

export const MODE_KEYS: Readonly<Record<Mode, string>> = {
  brush: "A",
  erase: "E",
  flood: "G",
  outline: "S",
  limit: "T",
  take: "V",
};

/** What each tool is called. */
export function modeName(mode: Mode): string {
  const names: Record<Mode, () => string> = {
    brush: () => t("Brush"),
    erase: () => t("Eraser"),
    flood: () => t("Fill"),
    outline: () => t("Fill an outline"),
    limit: () => t("Limits"),
    take: () => t("Take a mask"),
  };
  return names[mode]();
}

/** The limits are taken away by the key that drew them. */
export function choose(session: Session, mode: Mode): void {
  const hand = handOf(session);
  if (mode !== "outline") session.outline.clear();
  if (mode === "limit" && hand.limit) hand.limit = null;
  else hand.mode.value = mode;
}

function sizing(id: string, by: 1 | -1, label: () => string, keys: readonly string[]): Action {
  return {
    id,
    group: "shape",
    label,
    keys,
    when: () => true,
    run: ({ session }) => handOf(session).turn(by),
  };
}

export const MASK_ACTIONS: readonly Action[] = [
  ...(Object.entries(MODE_KEYS) as [Mode, string][]).map(([mode, key]) => ({
    id: `mask-${mode}`,
    group: "shape" as const,
    label: () => modeName(mode),
    keys: [key],
    when: () => true,
    run: ({ session }: { session: Session }) => choose(session, mode),
  })),
  sizing("mask-smaller", -1, () => t("Smaller brush, or less tolerance"), ["[", ","]),
  sizing("mask-larger", 1, () => t("Larger brush, or more tolerance"), ["]", "."]),
  outlineAct("mask"),
  {
    id: "mask-new",
    group: "shape",
    label: () => t("Begin another mask"),
    keys: ["M"],
    when: ({ session }) => session.selected.value !== null,
    run: ({ session }) => {
      session.selected.value = null;
    },
  },
  ...stepping(
    "mask",
    () => t("Next mask"),
    () => t("Previous mask"),
  ),
  {
    id: "mask-remove",
    group: "shape",
    label: () => t("Take the point back, or remove the mask"),
    keys: ["Delete", "Backspace"],
    when: ({ session }) => session.outline.points.value.length > 0 || heldShape(session) !== undefined,
    run: ({ session }) => {
      if (!session.outline.back()) removeHeld(session);
    },
  },
];
