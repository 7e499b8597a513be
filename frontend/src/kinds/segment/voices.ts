/** Where the server hears a voice, as segments with the label in hand: suggested until they are changed, and undone at once. */
import { t } from "../../words";
import { Refused } from "../../workbench/api";
import type { Bench } from "../../workbench/bench";
import type { Session } from "../../workbench/session";
import { markSuggested } from "../../workbench/suggested";
import { keepsApart, shortestOf } from "./limits";
import { addSegments, freshId, type Segment, type SegmentAnswer } from "./model";

type Voices = { readonly segments: readonly (readonly [number, number])[] };

export async function proposeVoices(bench: Bench): Promise<void> {
  const { session, parts } = bench;
  const task = session.task.value;
  if (!task?.item.url) return;
  bench.say("good", t("Listening for voices …"));
  try {
    const { segments } = await parts.api.get<Voices>(`${task.item.url}/voices`);
    // Another item may be in hand by now.
    if (session.task.value === task) tell(bench, propose(session, segments), segments.length);
  } catch (error) {
    if (session.task.value !== task) return;
    const { message, next } =
      error instanceof Refused ? error.refusal : { message: t("The server cannot be reached."), next: "" };
    bench.say("bad", `${message} ${next}`.trim());
  }
}

function tell(bench: Bench, made: number, heard: number): void {
  if (made > 0) bench.say("good", t("{n} stretches are proposed. Undo takes them away.", { n: made }));
  else bench.say("warn", heard > 0 ? t("All voices that are heard are marked.") : t("No voice is heard."));
}

/** Add what is heard where nothing is marked yet, in one step; how many it was. */
export function propose(session: Session, heard: Voices["segments"]): number {
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
