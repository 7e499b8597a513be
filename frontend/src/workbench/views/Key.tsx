import { allActions } from "../actions";
import type { Bench } from "../bench";
import { keyName } from "./keys";

/** The key that an act has on this page, if it has one. */
export function Key({ bench, act }: { bench: Bench; act: string }) {
  const key = allActions(bench).find((each) => each.id === act)?.keys[0];
  return key ? <kbd>{keyName(key)}</kbd> : null;
}
