/** What the keyboard does with a sound, whatever is asked about it. */
import { getKind } from "../kinds";
import { t } from "../words";
import type { Action } from "../workbench/actions";
import type { Bench } from "../workbench/bench";
import type { Session } from "../workbench/session";
import { deckOf, type Stretch } from "./deck";

export const isSound = ({ session }: Bench): boolean => session.task.value?.item.media === "audio";

/** The stretch in hand, where the active field marks stretches. */
export function heldStretch(session: Session): Stretch | null {
  const field = session.field.value;
  return getKind(field.kind).stretch?.(session, field) ?? null;
}

interface Seek {
  readonly id: string;
  readonly prefix: string;
  readonly by: number;
  readonly label: () => string;
}

function seeking({ id, prefix, by, label }: Seek): Action[] {
  return (["ArrowLeft", "ArrowRight"] as const).map((key, at) => ({
    id: `sound-${id}-${key}`,
    group: "view" as const,
    label,
    keys: [prefix + key],
    ...(at === 0 ? { shown: `${prefix.replace("+", " ")}←→` } : { hidden: true }),
    when: isSound,
    run: (on) => deckOf(on).by(at === 0 ? -by : by),
  }));
}

/** The acts of a sound; none where the item in hand is none. */
export function soundActions(bench: Bench): Action[] {
  if (!isSound(bench)) return [];
  // The one of the two large keys that does not submit.
  const large = bench.settings.submitKey.value === "Space" ? "Enter" : "Space";
  const act = (id: string, keys: string[], label: () => string, run: (on: Bench) => void): Action => {
    return { id: `sound-${id}`, group: "view", label, keys, when: isSound, run };
  };
  return [
    act(
      "play",
      [large, "P"],
      () => t("Play or pause"),
      (on) => deckOf(on).toggle(),
    ),
    ...seeking({ id: "second", prefix: "", by: 1000, label: () => t("Back or forward by a second") }),
    ...seeking({ id: "tenth", prefix: "Shift+", by: 100, label: () => t("Back or forward by a tenth of a second") }),
    act(
      "begin",
      ["Home"],
      () => t("To the beginning"),
      (on) => deckOf(on).seek(0),
    ),
    act(
      "end",
      ["End"],
      () => t("To the end"),
      (on) => deckOf(on).seek(deckOf(on).duration.value),
    ),
    act(
      "slower",
      [","],
      () => t("Slower"),
      (on) => deckOf(on).shift(-1),
    ),
    act(
      "faster",
      ["."],
      () => t("Faster"),
      (on) => deckOf(on).shift(1),
    ),
    act(
      "loop",
      ["L"],
      () => t("Loop what is in hand, or not"),
      (on) => {
        deckOf(on).looping.value = !deckOf(on).looping.value;
      },
    ),
    act(
      "spectrum",
      ["G"],
      () => t("Show the spectrogram, or not"),
      (on) => {
        deckOf(on).spectrum.value = !deckOf(on).spectrum.value;
      },
    ),
  ];
}
