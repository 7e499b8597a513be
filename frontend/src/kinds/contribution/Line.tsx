import { t } from "../../words";
import type { Field } from "../../workbench/boot";
import type { Session } from "../../workbench/session";
import { type ContributionAnswer, wantedOf } from "./model";

/** In the list of labels: how much of what is asked for is there. */
export function Line({ session, field }: { session: Session; field: Field }) {
  const { given } = session.answer(field) as ContributionAnswer;
  const asked: Readonly<Record<string, () => string>> = {
    sound: () => t("Record below the prompt"),
    picture: () => t("Photograph below the prompt"),
    text: () => t("Write below the prompt"),
  };
  return (
    <ul>
      <li class={session.fieldId.value === field.id ? "on" : ""}>
        <button
          type="button"
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => session.activate(field.id)}
        >
          <span class="name">
            {given.length > 0 ? t("{n} given", { n: given.length }) : asked[wantedOf(field).mode]?.()}
          </span>
        </button>
      </li>
    </ul>
  );
}
