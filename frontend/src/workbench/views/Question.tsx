import { useState } from "preact/hooks";
import { pick, t } from "../../words";
import { type Bench, sentence } from "../bench";

/** A question to the trainer about the item in hand. What was written stays when sending fails. */
export function Question({ bench }: { bench: Bench }) {
  const [text, setText] = useState("");
  const [clause, setClause] = useState(bench.session.cited.value[0] ?? "");
  const [state, setState] = useState<"writing" | "sending" | { error: string }>("writing");
  const send = async (event: Event) => {
    event.preventDefault();
    if (text.trim() === "" || state === "sending") return;
    setState("sending");
    try {
      await bench.ask(text.trim(), clause === "" ? null : clause);
      bench.sheet.value = null;
    } catch (error) {
      setState({ error: sentence(error) });
    }
  };
  const item = bench.session.task.value?.item;
  return (
    <form class="ask" onSubmit={send}>
      <p class="quiet">
        {t("About {name}. The trainer sees the item and your question; you can go on meanwhile.", {
          name: item?.name ?? "",
        })}
      </p>
      <textarea
        rows={4}
        value={text}
        aria-label={t("Your question")}
        placeholder={t("What is unclear, and between which answers do you hesitate?")}
        onInput={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => event.key === "Enter" && (event.ctrlKey || event.metaKey) && void send(event)}
      />
      <label>
        {t("Clause")}{" "}
        <select value={clause} onChange={(event) => setClause(event.currentTarget.value)}>
          <option value="">{t("none in particular")}</option>
          {bench.session.rulebook.clauses.map((each) => (
            <option key={each.id} value={each.id}>
              {each.id} {pick(each.title)}
            </option>
          ))}
        </select>
      </label>
      {typeof state === "object" && (
        <p class="bad" role="alert">
          {state.error}
        </p>
      )}
      <div class="acts">
        <button type="submit" class="primary" disabled={text.trim() === "" || state === "sending"}>
          {t("Send the question")}
        </button>
        <small class="quiet">
          <kbd>Ctrl Enter</kbd>
        </small>
      </div>
    </form>
  );
}
