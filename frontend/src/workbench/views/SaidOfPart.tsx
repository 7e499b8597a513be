import type { Field } from "../boot";
import type { Session } from "../session";
import { isSuggested, sureness } from "../suggested";

/** What was answered of one marked thing, in a few words; what is only suggested looks so. */
export function SaidOfPart({ session, parent, part }: { session: Session; parent: Field; part: string }) {
  const asking = session.rulebook.fields.filter(
    (field) => field.target === parent.id && session.asking.value.asksOf(field, part),
  );
  return (
    <>
      {asking.map((field) => {
        const answer = session.answerOf(field, part);
        const said = session.summaryOf(field, answer);
        if (!said) return null;
        return (
          <small key={field.id} class={isSuggested(answer) ? "said suggested" : "said"}>
            {said} {sureness(answer)}
          </small>
        );
      })}
    </>
  );
}
