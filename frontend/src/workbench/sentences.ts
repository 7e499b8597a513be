/** What went wrong on the way to the server, said to the person. */
import { t } from "../words";
import { NotYou, Refused } from "./api";

export function sentence(error: unknown): string {
  if (error instanceof NotYou) {
    if (error.who === null)
      return t("You are signed out. Your work is kept in this browser; sign in again to send it.");
    return t("{who} is signed in here now. Your work is kept under your own name.", { who: error.who });
  }
  if (error instanceof Refused) return `${error.refusal.message} ${error.refusal.next}`.trim();
  return t("The server cannot be reached.");
}
