"""A rulebook of 300 labels and 400 clauses: read for the first time and again, edited, saved, two versions compared.

    python -m bench.rulebook

Cold is a program that has just started: nothing parsed, nothing rendered. The floor is the careful reader of YAML.
"""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from litestar.testing import TestClient

from bench.house import scratch
from bench.table import Row, median_of, show
from guiju.briefs.plain import read_carefully
from guiju.kit import new_id
from guiju.people import set_up
from guiju.rulebooks import Check, Clause, Example, Field, Label, Polarity, Rulebook, parse_rulebook, render_rulebook
from guiju.rulebooks.clauses import html_of
from guiju.storage import open_house
from guiju.web import create_app

LABELS, CLAUSES, EXAMPLES, CHECKS = 300, 400, 200, 20
PASSWORD = "a short sentence"


def main() -> None:
    """Print what each step takes."""
    text = render_rulebook(large())
    with scratch() as folder:
        made = publish_two(folder / "home", text)
        cold = _timed(lambda: _asked(folder / "home", made["page"]))
        with TestClient(create_app(open_house(folder / "home"))) as client:
            headers = _sign_in(client)
            edit = f"/projects/{made['project']}/rulebook"
            client.get(made["page"])
            warm = median_of(5, lambda: _timed(lambda: client.get(made["page"]).raise_for_status()))
            changed = iter(text.replace("细、直、亮", f"细、直、亮{n}", 1) for n in range(9))
            look = f"/api/v1{edit}/look"
            looked = median_of(
                5,
                lambda: _timed(lambda: client.post(look, json={"document": next(changed)}, headers=headers)),
            )
            _forget()
            compared = _timed(lambda: client.get(made["diff"]).raise_for_status())
            opened = median_of(3, lambda: _timed(lambda: client.get(f"{edit}/edit").raise_for_status()))
    floor = _timed(lambda: read_carefully(text.split("---\n")[1]))
    show(
        f"a rulebook of {LABELS} labels and {CLAUSES} clauses, {len(text) // 1000} kB",
        [
            Row("page, the program just started", f"{cold * 1000:.0f} ms", "≤ 300 ms", f"its YAML: {floor * 1000:.0f}"),
            Row("page again", f"{warm * 1000:.0f} ms", "≤ 300 ms"),
            Row("the editor opened", f"{opened * 1000:.0f} ms", "≤ 300 ms"),
            Row("problems, outline and reading while writing", f"{looked * 1000:.0f} ms", "≤ 300 ms"),
            Row("two versions compared, neither read before", f"{compared * 1000:.0f} ms", "≤ 200 ms"),
        ],
    )


def large() -> Rulebook:
    """Labels in a tree, clauses in two languages, examples and checks."""
    labels = tuple(
        Label(
            f"label{n}",
            _two(f"标签{n}号", f"Label {n}"),
            _two(f"第{n}种：细长、平直、发亮，宽是高的 {n} 倍。", f"Kind {n}: thin, straight, {n} times as wide."),
            "#0072b2",
            parent=f"label{n // 10 * 10}" if n % 10 else None,
        )
        for n in range(LABELS)
    )
    clauses = tuple(
        Clause(
            f"C{n // 10 + 1}.{n % 10}" if n % 10 else f"C{n // 10 + 1}",
            _two(f"条款{n}", f"Clause {n}"),
            _two(f"细、直、亮，宽是高的 {n} 倍。\n\n- 一\n- **二**", f"Thin, bright, {n} times as wide.\n\n- one"),
            (f"label{n % LABELS}", f"label{(n + 1) % LABELS}"),
            3 if n % 10 else 2,
        )
        for n in range(CLAUSES)
    )
    examples = tuple(
        Example(f"E{n}", Polarity.BOUNDARY, _two("断续", "Broken"), f"label{n}", f"C{n % 40 + 1}", text=f"例 {n}",
                answer={"label": [f"label{n}"]})
        for n in range(EXAMPLES)
    )  # fmt: skip
    checks = tuple(Check(f"k{n}", "label", f"count <= {n + 1}", _two("一", "one"), clause="C1") for n in range(CHECKS))
    field = Field("label", "choice", tuple(label.id for label in labels), _two("类别", "Label"))
    return Rulebook(_two("大规则", "A large rulebook"), "1.0.0", (field,), labels, checks, examples, clauses)


def publish_two(home: Path, text: str) -> dict[str, Any]:
    """A house with two versions, of which every tenth clause differs."""
    house = open_house(home)
    set_up(house, email="admin@bench.test", name="Admin", password=PASSWORD)
    with TestClient(create_app(house)) as client:
        headers = _sign_in(client)
        body = {"id": new_id(), "name": "Large"}
        project = client.post("/api/v1/projects", json=body, headers=headers).raise_for_status().json()["id"]
        base, made = f"/api/v1/projects/{project}/rulebook", list[int]()
        for revision, document in enumerate((text, text.replace("0 倍", "0 倍半"))):
            draft = {"id": new_id(), "document": document, "revision": revision}
            client.put(f"{base}/draft", json=draft, headers=headers).raise_for_status()
            made.append(
                client.post(f"{base}/publish", json={"id": new_id()}, headers=headers).raise_for_status().json()["id"]
            )
    page = f"/projects/{project}/rulebook/{made[1]}"
    return {"project": project, "page": page, "diff": f"{page}/diff/{made[0]}"}


def _two(zh: str, en: str) -> dict[str, str]:
    return {"zh": zh, "en": en}


def _asked(home: Path, page: str) -> float:
    """The seconds of the first page that a fresh house is asked for."""
    _forget()
    with TestClient(create_app(open_house(home))) as client:
        _sign_in(client)
        return _timed(lambda: client.get(page).raise_for_status())


def _forget() -> None:
    parse_rulebook.cache_clear()
    html_of.cache_clear()


def _sign_in(client: Any) -> dict[str, str]:
    body = {"email": "admin@bench.test", "password": PASSWORD}
    client.post("/sign-in", data=body)
    return {"X-CSRF-Token": client.get("/api/v1/me").raise_for_status().json()["csrf"]}


def _timed(act: Callable[[], Any]) -> float:
    begun = time.perf_counter()
    told = act()
    return told if isinstance(told, float) else time.perf_counter() - begun


if __name__ == "__main__":
    main()
