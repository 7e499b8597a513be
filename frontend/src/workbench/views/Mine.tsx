import { useEffect, useRef, useState } from "preact/hooks";
import { kindOf } from "../../kinds";
import { t } from "../../words";
import { type Bench, type Done, sentence } from "../bench";
import type { Item } from "../boot";
import { turnsOf } from "../dialogue";
import { readAnswers } from "../session";

/** One's own last answers, newest first; opening one corrects it. */
export function Mine({ bench }: { bench: Bench }) {
  const [list, setList] = useState<readonly Done[] | null>(null);
  const [error, setError] = useState("");
  useEffect(() => {
    bench
      .findMine()
      .then(setList)
      .catch((problem: unknown) => setError(sentence(problem)));
  }, [bench]);
  const waiting = bench.outbox.waiting.value.length;
  return (
    <div class="mine">
      {error && <p class="bad">{error}</p>}
      {waiting > 0 && (
        <p class="quiet">
          {t("{n} more are on their way and can be corrected once they have arrived.", { n: waiting })}
        </p>
      )}
      {list?.length === 0 && <p class="quiet">{t("You have submitted nothing in this round yet.")}</p>}
      <ul>
        {list?.map((done, at) => (
          <Row key={done.slot} bench={bench} done={done} first={at === 0} />
        ))}
      </ul>
    </div>
  );
}

/** What an item begins with. */
function opening(item: Item): string {
  const turns = item.media === "dialogue" ? turnsOf(item).slice(0, 3) : [];
  if (turns.length === 0) return item.media === "text" ? (item.text ?? item.name) : item.name;
  return turns.map(({ speaker, text }) => `${speaker}: ${text}`).join(" ");
}

function Row({ bench, done, first }: { bench: Bench; done: Done; first: boolean }) {
  const { session, parts } = bench;
  const button = useRef<HTMLButtonElement>(null);
  // The newest one is what is wanted: Enter opens it.
  useEffect(() => {
    if (first) button.current?.focus();
  }, [first]);
  const answers = readAnswers(session.rulebook, done.answers);
  const said = session.rulebook.fields
    .map((field) => {
      const answer = answers[field.id];
      return answer ? kindOf(field).summary(answer, session.labels) : "";
    })
    .filter(Boolean);
  const time = new Date(done.at).toLocaleTimeString(parts.boot.locale, { hour: "2-digit", minute: "2-digit" });
  return (
    <li>
      <button ref={button} type="button" class="plain" onClick={() => bench.reopen(done)}>
        <span class="what">{opening(done.item)}</span>
        <span class="said">{said.join(" / ") || t("nothing here")}</span>
        <span class="quiet num">{time}</span>
      </button>
    </li>
  );
}
