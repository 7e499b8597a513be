import { t } from "../../words";

/** A key as it is printed: words where the reader's keyboard has words. */
export function keyName(key: string): string {
  return (
    key.replace("Space", t("Space")).replace("Delete", "Del").replace("Escape", "Esc").replaceAll("+", " ").trim() ||
    "+"
  );
}
