/** What the keyboard does in a dialogue: from turn to turn, and to the next one that lacks an answer. */
import { t } from "../words";
import type { Action } from "./actions";
import type { Bench } from "./bench";
import { nextGap, stepTurn, turnFields } from "./partwork";

const spoken = ({ session }: Bench): boolean => session.task.value?.item.media === "dialogue";

/** Only where the rulebook asks of turns; keys that others have already are left to them. */
export function turnActions(bench: Bench, taken: ReadonlySet<string>): Action[] {
  if (turnFields(bench.session).length === 0) return [];
  const arrows = bench.trees.size === 0;
  const keys = (letter: string, arrow: string) =>
    (arrows ? [letter, arrow] : [letter]).filter((key) => !taken.has(key));
  const act = (id: string, label: () => string, pressed: string[], run: (on: Bench) => void): Action => {
    return { id, group: "view", label, keys: pressed, when: spoken, run };
  };
  return [
    act(
      "turn-next",
      () => t("Next turn"),
      keys("J", "ArrowDown"),
      (on) => stepTurn(on.session, 1),
    ),
    act(
      "turn-before",
      () => t("The turn before"),
      keys("K", "ArrowUp"),
      (on) => stepTurn(on.session, -1),
    ),
    act("turn-gap", () => t("Next turn without an answer"), ["U"], toGap),
  ];
}

function toGap(bench: Bench): void {
  const { session } = bench;
  const next = nextGap(session, Number(session.turn.value));
  if (next === undefined) bench.say("good", t("Every turn is answered."));
  else session.turn.value = next;
}
