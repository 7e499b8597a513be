import { useState } from "preact/hooks";
import { currentTheme, setTheme, type Theme } from "../../theme";
import { t } from "../../words";
import { type Action, allActions, GROUPS, type Group } from "../actions";
import type { Bench } from "../bench";
import type { SubmitKey } from "../settings";
import { keyName } from "./keys";

export function groupName(group: Group): string {
  const names = { item: t("The item"), label: t("Labels"), shape: t("Shapes"), view: t("The view") };
  return names[group];
}

export function Help({ bench }: { bench: Bench }) {
  const pictured = ["image", "audio"].includes(bench.session.task.value?.item.media ?? "");
  const actions = allActions(bench).filter(
    (action) => !action.hidden && action.keys.length > 0 && (pictured || action.group !== "view"),
  );
  return (
    <>
      <div class="keys">
        {GROUPS.map((group) => (
          <KeyTable key={group} group={group} actions={actions.filter((action) => action.group === group)} />
        ))}
      </div>
      <p class="acts">
        <button type="button" onClick={() => bench.show("keys")}>
          {t("Change the keys")}
        </button>
      </p>
      <SettingsForm bench={bench} />
    </>
  );
}

function KeyTable({ group, actions }: { group: Group; actions: readonly Action[] }) {
  if (actions.length === 0) return null;
  return (
    <section>
      <h3>{groupName(group)}</h3>
      <dl>
        {actions.map((action) => (
          <div key={action.id}>
            <dt>{action.label()}</dt>
            <dd>
              {(action.shown ? [action.shown] : action.keys).map((key) => (
                <kbd key={key}>{keyName(key)}</kbd>
              ))}
            </dd>
          </div>
        ))}
        {group === "view" && <Mouse />}
      </dl>
    </section>
  );
}

function Mouse() {
  return (
    <>
      <div>
        <dt>{t("Zoom at the pointer")}</dt>
        <dd>{t("wheel")}</dd>
      </div>
      <div>
        <dt>{t("Move the view")}</dt>
        <dd>{t("middle or right button, or Alt and drag")}</dd>
      </div>
      <div>
        <dt>{t("With fingers")}</dt>
        <dd>{t("one draws, two move and zoom; a palm beside the pen does nothing")}</dd>
      </div>
      <div>
        <dt>{t("Draw inside a shape")}</dt>
        <dd>{t("Shift and drag")}</dd>
      </div>
    </>
  );
}

function SettingsForm({ bench: { settings } }: { bench: Bench }) {
  const [theme, remember] = useState<Theme>(currentTheme());
  const dress = (to: Theme) => {
    setTheme(to);
    remember(to);
  };
  return (
    <section class="settings">
      <h3>{t("Your settings, in every browser")}</h3>
      <label>
        {t("Submit with")}{" "}
        <select
          value={settings.submitKey.value}
          onChange={(event) => {
            settings.submitKey.value = event.currentTarget.value as SubmitKey;
          }}
        >
          <option value="Enter">Enter</option>
          <option value="Space">{t("Space")}</option>
        </select>
      </label>
      <label>
        <input
          type="checkbox"
          checked={settings.submitOnChoice.value}
          onChange={(event) => {
            settings.submitOnChoice.value = event.currentTarget.checked;
          }}
        />{" "}
        {t("Choosing a label submits at once (single choice only)")}
      </label>
      <label>
        <input
          type="checkbox"
          checked={settings.nextTurn.value}
          onChange={(event) => {
            settings.nextTurn.value = event.currentTarget.checked;
          }}
        />{" "}
        {t("In a dialogue, an answer goes on to the next turn without one")}
      </label>
      <label>
        <input
          type="checkbox"
          checked={settings.leftHanded.value}
          onChange={(event) => {
            settings.leftHanded.value = event.currentTarget.checked;
          }}
        />{" "}
        {t("For the left hand: labels on the right, rules on the left")}
      </label>
      <label>
        <input
          type="checkbox"
          checked={settings.snap.value}
          onChange={(event) => {
            settings.snap.value = event.currentTarget.checked;
          }}
        />{" "}
        {t("Points snap to corners, edges and the image's border")}
      </label>
      <label>
        {t("Theme")}{" "}
        <select value={theme} onChange={(event) => dress(event.currentTarget.value as Theme)}>
          <option value="auto">{t("as the system")}</option>
          <option value="light">{t("light")}</option>
          <option value="dark">{t("dark")}</option>
        </select>
      </label>
    </section>
  );
}
