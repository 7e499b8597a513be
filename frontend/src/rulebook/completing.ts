/** Names that the document knows, offered where they fit. */
import type { Completion, CompletionContext, CompletionResult } from "@codemirror/autocomplete";
import type { Entry } from "./boot";
import { sectionAt } from "./language";

export const KEYS: Readonly<Record<string, readonly string[]>> = {
  "": ["title", "version", "fields", "labels", "checks", "examples"],
  fields: ["id", "kind", "target", "required", "when", "title", "options", "labels"],
  labels: ["id", "name", "definition", "color", "hotkey", "parent", "attributes", "aliases"],
  checks: ["id", "field", "when", "expect", "message", "clause"],
  examples: ["id", "polarity", "label", "clause", "note", "text", "item", "answer"],
  clauses: ["labels", "over", "if"],
};

export interface Known {
  readonly entries: readonly Entry[];
  readonly kinds: readonly string[];
}

type Offer = { readonly names: readonly Completion[]; readonly from: number };

/** What fits behind `before` (the line up to the cursor) in `section`; `null` where nothing does. */
export function offer(section: string, before: string, known: Known): Offer | null {
  const word = /[\w.-]*$/.exec(before)?.[0] ?? "";
  const from = before.length - word.length;
  const value = /(?:^|[\s,{-])([\w-]+):\s*(?:[^:{}]*[[,\s]\s*)?["']?$/.exec(before.slice(0, from));
  const key = value?.[1] ?? "";
  const ids = (group: string) => named(known.entries.filter((one) => one.group === group));
  const plain = (names: readonly string[]) => names.map((label) => ({ label, type: "keyword" }));
  if (section === "clauses") {
    if (/^labels:/.test(before)) return { names: ids("labels"), from };
    if (/^over:/.test(before)) return { names: ids("clauses"), from };
    if (/^\w*$/.test(before) && /^[loi]/.test(before)) return { names: keys(section), from };
    return /^[A-Z]\d*/.test(word) ? { names: ids("clauses"), from } : null;
  }
  if (key === "kind") return { names: plain(known.kinds), from };
  if (key === "polarity") return { names: plain(["positive", "negative", "boundary"]), from };
  if (key === "required") return { names: plain(["true", "false"]), from };
  if (key === "target") return { names: [...plain(["item", "turn"]), ...ids("fields")], from };
  if (key === "field" || key === "attributes") return { names: ids("fields"), from };
  if (key === "clause") return { names: ids("clauses"), from };
  if (["label", "labels", "parent"].includes(key)) return { names: ids("labels"), from };
  if (/\banswer:\s*\{/.test(before)) {
    return { names: /\{\s*\w*$|,\s*\w*$/.test(before) ? [...ids("fields"), ...ids("labels")] : ids("labels"), from };
  }
  if (/^\s*(-\s+)?[\w-]*$/.test(before)) return { names: keys(/^\S/.test(before) || !before ? "" : section), from };
  return null;
}

function keys(section: string): Completion[] {
  return (KEYS[section] ?? []).map((key) => ({ label: key, apply: `${key}: `, type: "property" }));
}

function named(entries: readonly Entry[]): Completion[] {
  return entries.map((one) => ({ label: one.id, detail: one.name, type: "variable" }));
}

/** The source for CodeMirror; `known` is asked each time, since the document changes. */
export function completing(known: () => Known): (context: CompletionContext) => CompletionResult | null {
  return (context) => {
    const line = context.state.doc.lineAt(context.pos);
    const before = line.text.slice(0, context.pos - line.from);
    if (!context.explicit && !/[\w.[]$/.test(before)) return null;
    const section = sectionAt(context.state.doc.toString().split("\n"), line.number - 1);
    const found = offer(section, before, known());
    if (!found || found.names.length === 0) return null;
    return { from: line.from + found.from, options: [...found.names], validFor: /^[\w.-]*$/ };
  };
}
