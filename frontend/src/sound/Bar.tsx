import type { ComponentChildren } from "preact";
import { t } from "../words";
import { allActions } from "../workbench/actions";
import type { Bench } from "../workbench/bench";
import type { Field } from "../workbench/boot";
import { keyName } from "../workbench/views/keys";
import { clock } from "./clock";
import { type Deck, deckOf, SPEEDS } from "./deck";

/** The controls of a sound, each with the key that does the same. */
export function Bar({ bench, field }: { bench: Bench; field: Field | null }) {
  const deck = deckOf(bench);
  return (
    <div class="soundbar" role="toolbar" aria-label={t("Playing")}>
      <Act bench={bench} id="sound-play" class="primary">
        <span aria-hidden="true">{deck.playing.value ? "❚❚" : "▶"}</span> {deck.playing.value ? t("Pause") : t("Play")}
      </Act>
      <output class="num">
        {clock(deck.at.value, 2)} <span class="quiet">/ {clock(deck.duration.value, 1)}</span>
      </output>
      <label>
        <span class="quiet">{t("Speed")}</span>{" "}
        <select value={String(deck.speed.value)} onChange={(event) => deck.setSpeed(Number(event.currentTarget.value))}>
          {SPEEDS.map((each) => (
            <option key={each} value={String(each)}>
              {each} ×
            </option>
          ))}
        </select>
      </label>
      <Act bench={bench} id="sound-loop" pressed={deck.looping.value}>
        {t("Loop")}
      </Act>
      <Act bench={bench} id="sound-spectrum" pressed={deck.spectrum.value}>
        {t("Spectrogram")}
      </Act>
      {field?.kind === "segment" && (
        <Act bench={bench} id="segment-voices">
          {t("Find voices")}
        </Act>
      )}
      <span class="right acts">
        <Act bench={bench} id="zoom-out" sign>
          −
        </Act>
        <Act bench={bench} id="zoom-in" sign>
          +
        </Act>
        <Act bench={bench} id="zoom-fit">
          {t("All of it")}
        </Act>
      </span>
      <Listening deck={deck} />
      {deck.trouble.value && (
        <p class="bad" role="alert">
          {t("This browser cannot play the sound, or it could not be loaded.")}
        </p>
      )}
    </div>
  );
}

/** How far the server has listened; what it does meanwhile holds nobody up. */
function Listening({ deck }: { deck: Deck }) {
  const listening = deck.listening.value;
  if (!listening) return null;
  return (
    <p class="listening">
      <span role="status">{t("Voices are being found …")}</span>{" "}
      <progress value={listening.share} aria-label={t("Listened to")} />{" "}
      <span class="num">{Math.floor(listening.share * 100)}%</span>{" "}
      <span class="quiet">{t("Go on working; they appear here.")}</span>{" "}
      <button
        type="button"
        onClick={() => {
          deck.listening.value = null;
        }}
      >
        {t("Do not wait")}
      </button>
    </p>
  );
}

interface ActProps {
  readonly bench: Bench;
  readonly id: string;
  readonly class?: string;
  readonly pressed?: boolean;
  /** What it shows is a sign, and no words that could be its name. */
  readonly sign?: boolean;
  readonly children: ComponentChildren;
}

/** A button for an act of the registry. */
function Act({ bench, id, pressed, sign, children, class: dress }: ActProps) {
  const action = allActions(bench).find((each) => each.id === id);
  if (!action) return null;
  const [key] = action.keys;
  return (
    <button
      type="button"
      class={dress}
      title={key ? `${action.label()} (${keyName(key)})` : action.label()}
      {...(sign && { "aria-label": action.label() })}
      {...(pressed !== undefined && { "aria-pressed": pressed })}
      disabled={!action.when(bench)}
      onMouseDown={(event) => event.preventDefault()}
      onClick={() => action.run(bench)}
    >
      {children}
    </button>
  );
}
