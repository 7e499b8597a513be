import { useState } from "preact/hooks";
import { pick, t } from "../../words";
import type { Bench } from "../bench";
import type { Example } from "../boot";
import { matches } from "../matching";

const MARKS: Readonly<Record<string, string>> = { positive: "✓", negative: "✗", boundary: "≈" };

function polarityName(polarity: string): string {
  const names: Readonly<Record<string, string>> = {
    positive: t("Positive example"),
    negative: t("Negative example"),
    boundary: t("Boundary example"),
  };
  return names[polarity] ?? "";
}

/** Known answers to the label in focus; while somebody searches, all those with the words. */
export function Examples({ bench, words }: { bench: Bench; words: string }) {
  const all = bench.session.rulebook.examples;
  const found = words === "" ? bench.focus.value.examples : all.filter((each) => matches(textOf(bench, each), words));
  if (found.length === 0) return null;
  return (
    <section class="examples" aria-label={t("Examples")}>
      <h2>{t("Examples")}</h2>
      <div class={found.some((each) => each.url) ? "thumbs" : ""}>
        {found.map((example) => (
          <ExampleCard key={example.id} bench={bench} example={example} />
        ))}
      </div>
    </section>
  );
}

function textOf(bench: Bench, { clause, label, note, text }: Example): string {
  const name = bench.session.labels.get(label ?? "")?.name;
  return [clause, label, name?.zh, name?.en, note.zh, note.en, text].join(" ");
}

function ExampleCard({ bench, example }: { bench: Bench; example: Example }) {
  const { session } = bench;
  const label = session.labels.get(example.label ?? "");
  const look = () => {
    session.clause.value = example.clause;
  };
  return (
    <figure class={`example ${example.polarity}`}>
      {example.url && <Thumbnail example={example} color={label?.color ?? "#888888"} />}
      {example.text && <blockquote dir="auto">{example.text}</blockquote>}
      <figcaption>
        <b class="mark" aria-hidden="true">
          {MARKS[example.polarity] ?? "·"}
        </b>{" "}
        <span class="unseen">{polarityName(example.polarity)}</span> {label && pick(label.name)}{" "}
        {example.clause && (
          <button type="button" class="plain num quiet" onMouseDown={(event) => event.preventDefault()} onClick={look}>
            {example.clause}
          </button>
        )}{" "}
        <span class="quiet">{pick(example.note)}</span>
      </figcaption>
    </figure>
  );
}

/** The image with what is marked on it; a press makes it as wide as the panel. */
function Thumbnail({ example, color }: { example: Example; color: string }) {
  const [large, enlarge] = useState(false);
  const note = pick(example.note);
  return (
    <button
      type="button"
      class={large ? "thumb large" : "thumb"}
      aria-pressed={large}
      aria-label={t("Example: {note}", { note })}
      onMouseDown={(event) => event.preventDefault()}
      onClick={() => enlarge(!large)}
    >
      <img src={example.url ?? ""} alt="" loading="lazy" />
      <svg viewBox="0 0 1 1" preserveAspectRatio="none" aria-hidden="true">
        {example.marks?.map(([x, y, width, height]) => (
          <g key={`${x} ${y} ${width} ${height}`} fill="none">
            <rect {...{ x, y, width, height }} class="halo" />
            <rect {...{ x, y, width, height }} stroke={color} />
          </g>
        ))}
      </svg>
    </button>
  );
}
