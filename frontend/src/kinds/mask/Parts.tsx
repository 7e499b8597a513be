import { t } from "../../words";
import type { Field } from "../../workbench/boot";
import type { Session } from "../../workbench/session";
import { ShapeParts } from "../shapes/Parts";
import { choose, MODE_KEYS, modeName } from "./acts";
import { handOf, MODES, type Mode } from "./hand";
import { type MaskShape, read } from "./model";

const describe = (shape: MaskShape): string => t("{n} px", { n: read(shape).area });
const SIGNS: Readonly<Record<Mode, string>> = {
  brush: "●",
  erase: "○",
  flood: "◍",
  outline: "⬠",
  limit: "▣",
  take: "↖",
};

/** The tools, how large the one in hand is, and the masks on the item. */
export function Parts({ session, field }: { session: Session; field: Field }) {
  const n = session.outline.points.value.length;
  const empty = t("Nothing painted yet. Drag over the object.");
  const doing =
    n > 0
      ? t("Points: {n}. The submit key or the first point fills, Backspace takes one back, Esc drops all.", { n })
      : null;
  return (
    <>
      {session.fieldId.value === field.id && <Tools session={session} />}
      <ShapeParts {...{ session, field, empty, doing, describe }} />
    </>
  );
}

function Tools({ session }: { session: Session }) {
  const hand = handOf(session);
  const on = (mode: Mode) => (mode === "limit" && hand.limit !== null) || hand.mode.value === mode;
  return (
    <section class="mask-tools">
      <h2>{t("In the hand")}</h2>
      <div class="tools" role="toolbar" aria-label={t("In the hand")}>
        {MODES.map((mode) => (
          <button
            key={mode}
            type="button"
            aria-pressed={on(mode)}
            aria-label={modeName(mode)}
            aria-keyshortcuts={MODE_KEYS[mode]}
            title={`${modeName(mode)} (${MODE_KEYS[mode]})`}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => choose(session, mode)}
          >
            {SIGNS[mode]}
          </button>
        ))}
      </div>
      <Size session={session} />
    </section>
  );
}

function Size({ session }: { session: Session }) {
  const hand = handOf(session);
  const floods = hand.mode.value === "flood";
  const held = floods ? hand.tolerance : hand.size;
  const name = floods ? t("Tolerance") : t("Size");
  return (
    <label class="size">
      <span>{name}</span>
      <input
        type="range"
        min={floods ? 0 : 1}
        max={floods ? 128 : 200}
        value={held.value}
        onInput={({ currentTarget }) => {
          held.value = Number(currentTarget.value);
        }}
        onChange={({ currentTarget }) => currentTarget.blur()}
      />
      <span class="num">{held.value}</span>
    </label>
  );
}
