"""The bank: searching and drawing, consents on record, and what a project left."""

from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path

from guiju.sdk.calls import Calls, Json


class BankCalls(Calls):
    """What lies in the bank, what is drawn from it, what a project leaves in it, and under which consent."""

    def search_bank(self, words: str = "", label: str = "", **narrowed: object) -> Iterator[Json]:
        """Deposits, the newest first. Narrowed: `facet` (`["grade:A", "kind:box"]`), `like` (a deposit's number, a
        text, or what `like_picture` answers: the most alike come, at most 200)."""
        if narrowed.get("like"):
            narrowed.setdefault("limit", 200)
        return self.pages("/bank", "found", q=words, label=label, **narrowed)

    def count_bank(self, words: str = "", label: str = "", **narrowed: object) -> Json:
        """How many there are of each facet's values: `{"total", "counted", "counts": {facet: {value: n}}, …}`."""
        return self.get("/bank", q=words, label=label, counts=True, limit=1, **narrowed)

    def deposit(self, deposit: int) -> Json:
        """One deposit, with its answers."""
        return self.get(f"/bank/{deposit}")

    def like_picture(self, file: str | Path) -> str:
        """What to say as `like` for a picture of yours; it is compared and not kept."""
        path = Path(file)
        content = b64encode(path.read_bytes()).decode()
        return self.write("POST", "/bank/pictures", content=content, name=path.name)["like"]

    def contradictions(self, which: str = "open") -> Iterator[Json]:
        """Deposits that answer the same content otherwise, the newest first: `{"id", "state", "sides": [{"deposit",
        "answers", "grade", "fate", …}]}`; `which` is open, settled or gone."""
        return self.pages("/bank/contradictions", "contradictions", which=which)

    def contradiction(self, contradiction: int) -> Json:
        return self.get(f"/bank/contradictions/{contradiction}")

    def ask_about_contradiction(self, contradiction: int, deposit: int, text: str, clause: str | None = None) -> int:
        """Ask about one side in the project whose deposit it is; the question. Its ruling there settles the side."""
        said = {"deposit": deposit, "text": text, "clause": clause}
        return self.write("POST", f"/bank/contradictions/{contradiction}/questions", **said)["question"]

    def rule_on_contradiction(self, contradiction: int, reason: str, **ruled: object) -> Json:
        """Ruled: `stands=12` (what contradicts it is set aside) or `aside=[12]`; with neither, all sides are."""
        return self.write("POST", f"/bank/contradictions/{contradiction}/ruling", reason=reason, **ruled)

    def bank_offer(self, project: int) -> Json:
        """What of a project's brief is in the bank: `{"wanted", "sure", "recheck", "grades", "own", "saved", …}`."""
        return self.get(f"/projects/{project}/offer")

    def draw(self, project: int, **chosen: object) -> Json:
        """Copy deposits into a project: `{"items", "answers", "recheck", "recheck_round", "duplicates", "lost", …}`.

        Chosen: `deposits` (numbers), or `query`, `label`, `facets`, `like`; `most`; `**{"as": "prefill"}` (answers,
        items, prefill, gold, exam). With `most` above 2,000 a job draws (`"draw"`, `"job"`): `wait_for_job`, then
        `drawn`.
        """
        return self.write("POST", "/bank/draws", project=project, **chosen)

    def drawn(self, draw: int) -> Json:
        """A draw of more than 2,000: `{"state", "done", "total", "drawn": {…}, "error"}`."""
        return self.get(f"/bank/draws/{draw}")

    def left_in_bank(self, project: int) -> Json:
        """What a project left: deposits by grade, what is general, what is held back and why, its consents."""
        return self.get(f"/projects/{project}/left")

    def give_consent(self, project: int, purpose: str, words: str, document: str, **told: object) -> Json:
        """Allow others' projects to use it, as the requester. Told: `until` (2030-12-31), `looked_through`."""
        said = {"purpose": purpose, "words": words, "document": document, **told}
        return self.write("POST", f"/projects/{project}/left", **said)

    def attach_consent_paper(self, project: int, consent: int, file: str | Path) -> Json:
        """Put the signed paper (PDF, PNG, JPEG, TIFF) beside its consent, as the requester."""
        path = Path(file)
        content = b64encode(path.read_bytes()).decode()
        return self.write("POST", f"/projects/{project}/left/{consent}/paper", name=path.name, content=content)

    def end_consent(self, project: int, consent: int) -> Json:
        """From now on the project's deposits are its customer's only; what others drew stays theirs."""
        return self.write("POST", f"/projects/{project}/left", end=consent)

    def deposit_again(self, project: int, *, general: bool = False) -> Json:
        """Deposit the accepted lots once more; with `general` it is refused where nothing could become general."""
        return self.write("POST", f"/projects/{project}/left", again=True, general=general)

    def withdraw_data(self, scope: str, reason: str, typed: str, **what: object) -> Json:
        """Take back what was given: every copy in the house goes. `scope`: `customer`, `project` or `item`, with that
        as a keyword; `typed` is its name (or number) once more; `extent="general"` leaves its own projects theirs."""
        return self.write("POST", "/bank/withdrawals", scope=scope, reason=reason, typed=typed, **what)

    def withdrawals(self) -> list[Json]:
        return self.get("/bank/withdrawals")["withdrawals"]

    def withdrawal(self, withdrawal: int) -> Json:
        """What was found and removed, and the deliveries that held any of it."""
        return self.get(f"/bank/withdrawals/{withdrawal}")

    def label_maps(self, project: int, of: int = 0) -> Json:
        """The bank's rulebooks as a project sees them; `of` one of them, what each of its labels is here, and why."""
        return self.get(f"/projects/{project}/label-maps", of=of)

    def forget_label_map(self, project: int, of: int) -> Json:
        """Forget what was decided for rulebook `of`; what was drawn by it stays."""
        return self.write("POST", f"/projects/{project}/label-maps/forget", of=of)

    def decide_label_map(self, project: int, of: int, lines: list[Json], given_up: tuple[str, ...] = ()) -> int:
        """Say what the labels of rulebook `of` are here: lines as `label_maps` gives them; the decision's id."""
        wanted = ("field", "label", "how", "to_field", "to_label")
        said = [{name: line.get(name) for name in wanted} for line in lines]
        path = f"/projects/{project}/label-maps"
        return self.write("POST", path, of=of, lines=said, given_up=list(given_up))["map"]
