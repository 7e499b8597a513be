/** Where the server hears a voice, as segments with the label in hand: suggested until they are changed, and undone at once. */
import { deckOf } from "../../sound/deck";
import { t } from "../../words";
import { type Api, Refused } from "../../workbench/api";
import type { Bench } from "../../workbench/bench";
import type { Session } from "../../workbench/session";
import { markSuggested } from "../../workbench/suggested";
import { keepsApart, shortestOf } from "./limits";
import { addSegments, freshId, type Segment, type SegmentAnswer } from "./model";

type Heard = readonly (readonly [number, number])[];
interface Voices {
  readonly state: "found" | "none" | "queued" | "running" | "failed" | "cancelled";
  readonly segments: Heard | null;
  readonly job: number | null;
  readonly done: number;
  readonly total: number | null;
  readonly error: { readonly message: string; readonly next: string } | null;
}

/** How often a job is asked after: soon at first, for a short sound is heard in a second. */
const PAUSES_MS = [300, 500, 1_000, 2_000, 3_000];
/** So often in a row a network may be away before nobody waits any more. */
const MOST_TROUBLES = 20;

/** Ask for the voices of the sound in hand; the work goes on until they are there, and whoever leaves it waits no more. */
export async function proposeVoices(bench: Bench): Promise<void> {
  const { session, parts } = bench;
  const { listening } = deckOf(bench);
  const task = session.task.value;
  if (!task || listening.value?.slot === task.slot) return;
  const waits = () => session.task.value === task && listening.value?.slot === task.slot;
  const tell = (done: number, total: number | null) => {
    listening.value = { slot: task.slot, share: total ? done / total : 0 };
  };
  tell(0, null);
  try {
    const found = await hear(parts.api, task.item.id, tell, waits);
    if (waits() && found) say(bench, propose(session, found), found.length);
  } catch (error) {
    if (waits()) bench.say("bad", wordsOf(error));
  } finally {
    if (listening.value?.slot === task.slot) listening.value = null;
  }
}

function wordsOf(error: unknown): string {
  if (!(error instanceof Refused)) return t("The server cannot be reached.");
  return `${error.refusal.message} ${error.refusal.next}`.trim();
}

/** What was heard, once it is; null where nobody waits any more. */
async function hear(
  api: Api,
  item: number,
  tell: (done: number, total: number | null) => void,
  waits: () => boolean,
): Promise<Heard | null> {
  const address = `/api/v1/items/${item}/voices`;
  let voices = await api.send<Voices>("POST", address, {});
  for (let [asked, troubles] = [0, 0]; waits(); asked += 1) {
    if (voices.segments) return voices.segments;
    if (!["queued", "running"].includes(voices.state)) throw new Refused(409, missed(voices));
    tell(voices.done, voices.total);
    await new Promise((done) => setTimeout(done, PAUSES_MS[Math.min(asked, PAUSES_MS.length - 1)]));
    try {
      voices = await api.get<Voices>(`${address}?job=${voices.job}`);
      troubles = 0;
    } catch (error) {
      troubles += 1;
      if (error instanceof Refused || troubles > MOST_TROUBLES) throw error;
    }
  }
  return null;
}

function missed({ error, state }: Voices) {
  const told = error ?? { message: t("What was heard was not kept."), next: t("Ask for it again.") };
  return { code: state, message: told.message, next: told.next, details: {} };
}

function say(bench: Bench, made: number, heard: number): void {
  if (made > 0) bench.say("good", t("{n} stretches are proposed. Undo takes them away.", { n: made }));
  else bench.say("warn", heard > 0 ? t("All voices that are heard are marked.") : t("No voice is heard."));
}

/** Add what is heard where nothing is marked yet, in one step; how many it was. */
export function propose(session: Session, heard: Heard): number {
  const field = session.field.value;
  const before = session.answer(field) as SegmentAnswer;
  const label = session.inHand.value[field.id] ?? "";
  let answer = before;
  for (const [start, end] of heard) {
    const crosses = before.segments.some((each) => each.start < end && start < each.end);
    if (end - start < shortestOf(field) || (crosses && (keepsApart(field) || isMarked(before, start, end)))) continue;
    const made: Segment = { id: freshId(answer), label, start, end };
    markSuggested(made, null);
    answer = addSegments(answer, made);
  }
  if (answer !== before) session.change(field, answer, { selected: null });
  return answer.segments.length - before.segments.length;
}

/** Whether half of a stretch is marked already. */
function isMarked({ segments }: SegmentAnswer, start: number, end: number): boolean {
  const shared = segments.map((each) => Math.min(each.end, end) - Math.max(each.start, start));
  return shared.some((ms) => ms * 2 >= end - start);
}
