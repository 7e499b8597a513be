import { t } from "../../words";
import type { Kind } from "../kind";
import { Desk, Line, wishToWrite } from "./Desk";
import { countOf, decodeText, encodeText, faultsOf, type TextAnswer, tidied, UNWRITTEN } from "./model";

const SHOWN = 60;

export const text: Kind<TextAnswer> = {
  id: "text",
  icon: "¶",
  emptyCounts: false,
  empty: () => UNWRITTEN,
  isEmpty: (answer) => tidied(answer.text) === "",
  decode: decodeText,
  encode: encodeText,
  summary(answer) {
    const line = [...tidied(answer.text).split(/\s+/).join(" ")];
    return line.length <= SHOWN ? line.join("") : `${line.slice(0, SHOWN - 1).join("")}…`;
  },
  whole: (answer) => tidied(answer.text),
  units(answer) {
    const stored = tidied(answer.text);
    const env = { text: stored, length: countOf(stored), lines: stored.split("\n").length };
    return stored === "" ? [] : [{ shape: null, env }];
  },
  press: () => null,
  lit: () => [],
  faults: faultsOf,
  enter: wishToWrite,
  actions: [
    {
      id: "write",
      group: "label",
      label: () => t("Write; Escape leaves the field, Ctrl+Enter submits"),
      keys: ["T"],
      when: () => true,
      run: wishToWrite,
    },
  ],
  Labels: Line,
  Desk,
};
