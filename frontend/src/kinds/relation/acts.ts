/** What the keyboard does with links: from span to span, and along the links that are there. */
import { t } from "../../words";
import type { Action } from "../../workbench/actions";
import type { Bench } from "../../workbench/bench";
import type { Field } from "../../workbench/boot";
import {
  begin,
  finish,
  heldOf,
  meantField,
  neighbour,
  neighbourLink,
  remove,
  reverse,
  type Saying,
  spansIn,
  step,
  stepLink,
} from "./hand";

const here = ({ session }: Bench): Field => session.field.value;
const held = (bench: Bench) => heldOf(bench.session, here(bench));
const tell = (bench: Bench, said: Saying): void => {
  if (said !== null) bench.say("warn", said);
  else bench.notice.value = null;
};

/** The one key of a link: it begins where the hand is, and ends where the hand went. */
function link(bench: Bench): void {
  const { session } = bench;
  const field = meantField(session);
  if (!field) return;
  const { aims, to } = heldOf(session, field);
  tell(bench, aims && to ? finish(session, field) : begin(session, field));
}

export const LINK: Action = {
  id: "link",
  group: "shape",
  label: () => t("Begin a link at the span in hand, or end it there"),
  // Where a page has an act of its own on the first, the second is left.
  keys: ["L", "Shift+L"],
  when: ({ session }) => {
    const field = session.task.value && meantField(session);
    return field ? spansIn(session, field).length > 0 : false;
  },
  run: link,
};

const spanStep = (id: string, keys: readonly string[], by: 1 | -1, label: () => string): Action => ({
  id,
  group: "shape",
  label,
  keys,
  when: (bench) => neighbour(bench.session, here(bench), by) !== null,
  run: (bench) => step(bench.session, here(bench), by),
});

const linkStep = (id: string, key: string, by: 1 | -1, label: () => string): Action => ({
  id,
  group: "shape",
  label,
  keys: [key],
  when: (bench) => neighbourLink(bench.session, here(bench), by) !== null,
  run: (bench) => stepLink(bench.session, here(bench), by),
});

export const RELATION_ACTIONS: readonly Action[] = [
  spanStep("link-span-next", ["Tab", "ArrowRight"], 1, () => t("Next span, or the next that the link may go to")),
  spanStep("link-span-previous", ["Shift+Tab", "ArrowLeft"], -1, () => t("The span before")),
  linkStep("link-next", "ArrowDown", 1, () => t("Next link")),
  linkStep("link-previous", "ArrowUp", -1, () => t("The link before")),
  {
    id: "link-reverse",
    group: "shape",
    label: () => t("Turn the link round"),
    keys: ["X"],
    when: (bench) => held(bench).link !== undefined,
    run: (bench) => tell(bench, reverse(bench.session, here(bench), held(bench).link?.id ?? "")),
  },
  {
    id: "link-remove",
    group: "shape",
    label: () => t("Remove the link"),
    keys: ["Delete", "Backspace"],
    when: (bench) => held(bench).link !== undefined,
    run: (bench) => remove(bench.session, here(bench), held(bench).link?.id ?? ""),
  },
];
