import { allActions } from "../actions";
import type { Bench } from "../bench";
import { keyName } from "./keys";

const IN_SIGHT = ["submit", "undo", "question", "cite", "mine"];

/** The acts that are wanted most, with their keys; each is a button too. */
export function Footer({ bench, inSight = IN_SIGHT }: { bench: Bench; inSight?: readonly string[] }) {
  const actions = allActions(bench);
  const help = actions.find((action) => action.id === "help");
  const palette = actions.find((action) => action.id === "palette");
  return (
    <footer class="foot">
      {inSight
        .map((id) => actions.find((action) => action.id === id))
        .map(
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
                {action.keys[0] && <kbd>{keyName(action.keys[0])}</kbd>} {action.label()}
              </button>
            ),
        )}
      <span class="right">
        {palette && (
          <button type="button" class="plain" onClick={() => palette.run(bench)}>
            {palette.keys[0] && <kbd>{keyName(palette.keys[0])}</kbd>} <span class="long">{palette.label()}</span>
          </button>
        )}
        {help && (
          <button type="button" class="plain" onClick={() => help.run(bench)}>
            {help.keys[0] && <kbd>{keyName(help.keys[0])}</kbd>} {help.label()}
          </button>
        )}
      </span>
    </footer>
  );
}
