import { allActions } from "../actions";
import type { Bench } from "../bench";
import { keyName } from "./keys";

const IN_SIGHT = ["submit", "undo", "question", "cite", "mine"];

/** The acts that are wanted most, with their keys; each is a button too. */
export function Footer({ bench, inSight = IN_SIGHT }: { bench: Bench; inSight?: readonly string[] }) {
  const actions = allActions(bench);
  const help = actions.find((action) => action.id === "help");
  return (
    <footer class="foot">
      {inSight.map((id) => actions.find((action) => action.id === id)).map(
        (action) =>
          action && (
            <button
              key={action.id}
              type="button"
              class="plain"
              disabled={!action.when(bench)}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => action.run(bench)}
            >
              <kbd>{keyName(action.keys[0] ?? "")}</kbd> {action.label()}
            </button>
          ),
      )}
      {help && (
        <button type="button" class="plain right" onClick={() => help.run(bench)}>
          <kbd>?</kbd> {help.label()}
        </button>
      )}
    </footer>
  );
}
