/** The site's script: htmx, and what plain HTML cannot do. Every word it shows comes from the page. */
import htmx from "htmx.org";
import "./site.css";
import { listenForConfirm } from "./confirm";
import { listenForDialogs } from "./dialogs";
import { listenForKeys } from "./keys";
import { listenForLines } from "./lines";
import { RegionBox } from "./region";
import { listenForRows } from "./rows";
import { dressThemeSwitch } from "./switch";
import { keepWhatIsTyped } from "./typed";

// No evaluated attributes: pages run under a policy that forbids them.
htmx.config.allowEval = false;
htmx.config.includeIndicatorStyles = false;
// A part of another page that is fetched into this one leaves this page its name.
htmx.config.ignoreTitle = true;

document.addEventListener("htmx:configRequest", (event) => {
  const token = document.querySelector<HTMLMetaElement>('meta[name="csrf-token"]')?.content;
  if (token) (event as CustomEvent<{ headers: Record<string, string> }>).detail.headers["X-CSRF-Token"] = token;
});
listenForConfirm();
listenForDialogs();
listenForKeys();
listenForLines();
listenForRows();
keepWhatIsTyped();
dressThemeSwitch();
customElements.define("region-box", RegionBox);
