/**
 * What was typed into a form stays when it is refused: the refusal is a page of its own, and whoever goes back finds the
 * form as they left it. Kept in this window alone, until the next page; passwords, files and hidden fields never are.
 */
const KEY = "guiju.typed";
const NEVER = new Set(["hidden", "password", "file", "submit", "button", "image", "reset"]);

interface Typed {
  /** The form's page, where its answer comes from, and which of the page's forms it is. */
  page: string;
  action: string;
  form: number;
  refused: boolean;
  /** Name, value, and whether it was ticked, in the order of the form. */
  fields: [string, string, boolean][];
}

type Field = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

export function keepWhatIsTyped(): void {
  putBack();
  document.addEventListener("submit", keep);
}

function keep(event: SubmitEvent): void {
  const form = event.target as HTMLFormElement;
  if (event.defaultPrevented || form.method !== "post") return;
  const kept: Typed = {
    page: here(),
    action: new URL(form.action, location.href).pathname,
    form: [...document.forms].indexOf(form),
    refused: false,
    fields: fieldsOf(form).map((each) => [each.name, each.value, isTicked(each)]),
  };
  sessionStorage.setItem(KEY, JSON.stringify(kept));
}

function putBack(): void {
  const said = sessionStorage.getItem(KEY);
  if (!said) return;
  sessionStorage.removeItem(KEY);
  const kept = JSON.parse(said) as Typed;
  if (document.querySelector("section.refused")) {
    if (location.pathname === kept.action) sessionStorage.setItem(KEY, JSON.stringify({ ...kept, refused: true }));
    return;
  }
  const form = document.forms[kept.form];
  if (kept.refused && kept.page === here() && form) fill(form, kept.fields);
}

function fill(form: HTMLFormElement, fields: Typed["fields"]): void {
  const found = fieldsOf(form);
  // another page than the one that was left: somebody changed what it asks
  if (found.length !== fields.length || found.some((each, place) => each.name !== fields[place]?.[0])) return;
  found.forEach((each, place) => {
    const [, value, ticked] = fields[place] ?? ["", "", false];
    if (each.value === value && isTicked(each) === ticked) return;
    if (each instanceof HTMLInputElement && (each.type === "checkbox" || each.type === "radio")) each.checked = ticked;
    else each.value = value;
    const folded = each.closest("details");
    if (folded) folded.open = true;
  });
}

function fieldsOf(form: HTMLFormElement): Field[] {
  return [...form.elements].filter(
    (each): each is Field =>
      (each instanceof HTMLInputElement && !NEVER.has(each.type)) ||
      each instanceof HTMLSelectElement ||
      each instanceof HTMLTextAreaElement,
  );
}

function isTicked(each: Field): boolean {
  return each instanceof HTMLInputElement && each.checked;
}

function here(): string {
  return location.pathname + location.search;
}
