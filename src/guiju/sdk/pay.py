"""Pay: rate cards, what was earned, statements."""

from collections.abc import Iterable

from guiju.sdk.calls import Calls, Json


class PayCalls(Calls):
    """From the rate card to a closed statement and the questions about it."""

    def rate_cards(self, project: int) -> list[Json]:
        """The project's rate cards, the oldest first; money is text, as "0.125"."""
        return self.get(f"/projects/{project}/pay/cards")["cards"]

    def write_rate_card(
        self, project: int, valid_from: str, rates: Iterable[Json], currency: str = "CNY", **options: object
    ) -> int:
        """Write the next card; a rate is `{"kind", "unit", "rate"}`. Options: `defect`, `rework` (%), `floor`."""
        said = {"valid_from": valid_from, "currency": currency, "rates": list(rates), **options}
        return self.write("POST", f"/projects/{project}/pay/cards", **said)["version"]

    def earned(self, project: int, start: str, end: str) -> list[Json]:
        """What was earned from day to day as it stands now."""
        return self.get(f"/projects/{project}/pay?start={start}&end={end}")["statements"]

    def close_pay(self, project: int, start: str, end: str) -> int:
        """Close a period; its number."""
        return self.write("POST", f"/projects/{project}/pay/periods", start=start, end=end)["number"]

    def statements(self, project: int) -> list[Json]:
        """Closed statements, the newest first."""
        return self.get(f"/projects/{project}/pay/statements")["statements"]

    def statement(self, project: int, statement: int) -> Json:
        """One of them, with its lines and questions."""
        return self.get(f"/projects/{project}/pay/statements/{statement}")

    def line_rows(self, project: int, statement: int, place: int, after: int = 0) -> list[Json]:
        """The rows that a line counts, after annotation `after`."""
        return self.get(f"/projects/{project}/pay/statements/{statement}/lines/{place}?after={after}")["rows"]

    def question_line(self, project: int, statement: int, place: int, text: str) -> int:
        """Ask about a line of one's own statement."""
        path = f"/projects/{project}/pay/statements/{statement}/lines/{place}/questions"
        return self.write("POST", path, text=text)["question"]

    def answer_pay_question(self, project: int, question: int, text: str) -> None:
        """Answer a question about a statement."""
        self.write("POST", f"/projects/{project}/pay/questions/{question}", text=text)
