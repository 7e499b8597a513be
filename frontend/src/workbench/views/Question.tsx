import { useEffect, useState } from "preact/hooks";
import { pick, t } from "../../words";
import { type Alike, type Bench, sentence } from "../bench";
import type { Label } from "../boot";

const CALM_MS = 400;
/** Beyond so many labels only those in hand are offered as being in doubt. */
const FEW_LABELS = 12;

/** A question to the trainer about the item in hand. What was written stays when sending fails. */
export function Question({ bench }: { bench: Bench }) {
  const [text, setText] = useState("");
  const [clause, setClause] = useState(bench.session.cited.value[0] ?? "");
  const [doubts, setDoubts] = useState<readonly string[]>([]);
  const [state, setState] = useState<"writing" | "sending" | { error: string }>("writing");
  const alike = useAlike(bench, text, doubts);
  const send = async (event: Event) => {
    event.preventDefault();
    if (text.trim() === "" || state === "sending") return;
    setState("sending");
    try {
      await bench.ask(text.trim(), clause === "" ? null : clause, doubts);
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
      <AlikeList alike={alike} />
      <Doubts bench={bench} chosen={doubts} onChange={setDoubts} />
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

/** Questions like this one, once the hand rests; that they cannot be had keeps nobody from asking. */
function useAlike(bench: Bench, text: string, doubts: readonly string[]): readonly Alike[] {
  const [alike, setAlike] = useState<readonly Alike[]>([]);
  useEffect(() => {
    let wanted = true;
    const find = () =>
      bench.findAlike(text.trim(), doubts).then(
        (found) => wanted && setAlike(found),
        () => wanted && setAlike([]),
      );
    const timer = setTimeout(() => void find(), CALM_MS);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [bench, text, doubts]);
  return alike;
}

function AlikeList({ alike }: { alike: readonly Alike[] }) {
  if (alike.length === 0) return null;
  const answered = alike.filter((each) => each.ruling).length;
  return (
    <section aria-live="polite">
      <b>
        {answered > 0
          ? t("{n} like this are answered already", { n: answered })
          : t("{n} like this wait for an answer already", { n: alike.length })}
      </b>
      <ul class="alike">
        {alike.map((each) => (
          <li key={each.id}>
            <p class="quiet">{each.text}</p>
            {each.ruling && (
              <p>
                {each.ruling.text} {each.ruling.clause && <span class="num quiet">{each.ruling.clause}</span>}
              </p>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Doubts(props: { bench: Bench; chosen: readonly string[]; onChange: (labels: readonly string[]) => void }) {
  const { bench, chosen, onChange } = props;
  const offered = offeredLabels(bench);
  if (offered.length < 2) return null;
  const turn = (id: string) => onChange(chosen.includes(id) ? chosen.filter((each) => each !== id) : [...chosen, id]);
  return (
    <fieldset class="doubts">
      <legend>{t("Labels in doubt")}</legend>
      {offered.map((each) => (
        <label key={each.id}>
          <input type="checkbox" checked={chosen.includes(each.id)} onChange={() => turn(each.id)} /> {pick(each.name)}
        </label>
      ))}
    </fieldset>
  );
}

/** The labels of the field in hand, or, of a great many, those under the one in hand and beside it. */
function offeredLabels(bench: Bench): readonly Label[] {
  const { labels } = bench.session;
  const ids = bench.session.active.value.labels;
  const known = ids.flatMap((id) => labels.get(id) ?? []);
  if (known.length <= FEW_LABELS) return known;
  const focus = bench.focus.value.label;
  return focus ? known.filter((each) => each.parent === focus.parent).slice(0, FEW_LABELS) : [];
}
