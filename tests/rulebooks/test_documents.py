"""The rulebook as a document: read with line numbers, written so that it reads the same again."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guiju.kit import Refusal
from guiju.rulebooks import (
    Check,
    Clause,
    Example,
    Field,
    Label,
    Polarity,
    Rulebook,
    html_of,
    parse_rulebook,
    problems_of,
    render_rulebook,
    starter_document,
)
from guiju.rulebooks.document import tidy_document, with_version
from guiju.samples.documents import PROJECTS, rulebook_text

# What YAML 1.2 can carry, without the line ends that a document's own tidying takes away.
CHARACTERS = st.characters(min_codepoint=32, max_codepoint=0xD7FF, exclude_categories=["Cc", "Cs", "Cn", "Zl", "Zp"])
LINE = st.text(CHARACTERS, min_size=1, max_size=20).map(lambda text: " ".join(text.split())).filter(bool)
TITLE = st.text(st.characters(categories=["Ll", "Lo"]), min_size=1, max_size=8)
BLOCK = TITLE.map(lambda text: f"条文 {text}")
IDS = st.from_regex(r"[a-z][a-z_]{0,6}", fullmatch=True)
TWO = st.fixed_dictionaries({"zh": LINE, "en": LINE})
TITLES = st.fixed_dictionaries({"zh": TITLE, "en": TITLE})
TEXT = st.lists(BLOCK, max_size=2).map("\n\n".join)
LABELS = st.builds(
    Label, IDS, TWO, TWO, st.just("#0072b2"), st.sampled_from([None, "1", "q"]), st.one_of(st.none(), IDS)
)
FIELDS = st.builds(Field, IDS, st.just("box"), st.lists(IDS, max_size=3).map(tuple), TWO, required=st.booleans())
CHECKS = st.builds(Check, IDS, IDS, LINE, TWO, st.one_of(st.none(), LINE), st.one_of(st.none(), st.just("C1")))
ANSWERS = st.dictionaries(
    IDS, st.lists(st.one_of(IDS, st.dictionaries(IDS, st.one_of(IDS, st.integers(), st.booleans()))))
)
EXAMPLES = st.builds(Example, IDS, st.sampled_from(Polarity), TWO, st.one_of(st.none(), IDS), text=LINE, answer=ANSWERS)
CLAUSES = st.builds(
    Clause,
    st.from_regex(r"C[1-9](\.[1-9])?", fullmatch=True),
    TITLES,
    st.fixed_dictionaries({"zh": TEXT, "en": TEXT}),
    st.lists(IDS, max_size=2).map(tuple),
    st.sampled_from([2, 3]),
)
RULEBOOKS = st.builds(
    Rulebook,
    TWO,
    st.just("1.0.0"),
    *(st.lists(each, max_size=2).map(tuple) for each in (FIELDS, LABELS, CHECKS, EXAMPLES, CLAUSES)),
)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(RULEBOOKS)
def test_a_rendered_rulebook_is_read_back_the_same(rulebook: Rulebook) -> None:
    document = render_rulebook(rulebook)
    assert parse_rulebook(document) == rulebook
    assert render_rulebook(parse_rulebook(document)) == document


@pytest.mark.parametrize("project", PROJECTS)
def test_the_samples_have_no_problems_and_survive_rendering(project: str) -> None:
    document = rulebook_text(project)
    assert problems_of(document) == []
    assert parse_rulebook(render_rulebook(parse_rulebook(document))) == parse_rulebook(document)
    assert tidy_document(document) == document


@pytest.mark.parametrize("project", PROJECTS)
def test_every_part_knows_the_line_it_stands_on(project: str) -> None:
    document = rulebook_text(project)
    lines = document.splitlines()
    rulebook = parse_rulebook(document)
    for part in (*rulebook.fields, *rulebook.labels, *rulebook.checks, *rulebook.examples):
        assert lines[part.line - 1].strip() == f"- id: {part.id}"
    for clause in rulebook.clauses:
        assert re.match(rf"#+ {re.escape(clause.id)} ", lines[clause.line - 1])


def test_a_clause_has_its_text_in_each_language_and_its_labels() -> None:
    rulebook = parse_rulebook(rulebook_text("steel"))
    clause = next(clause for clause in rulebook.clauses if clause.id == "C3.3")
    assert clause.title == {"zh": "两者之间", "en": "Between the two"}
    assert clause.text["zh"].startswith("先看明暗")
    assert clause.text["en"].startswith("Brightness first")
    assert clause.labels == ("scratch", "crack")


@pytest.mark.parametrize("kind", ["choice", "box"])
def test_a_starter_can_be_published_as_it_stands(kind: str) -> None:
    assert not [problem for problem in problems_of(starter_document(kind)) if problem.severity == "error"]
    assert parse_rulebook(starter_document(kind)).fields[0].kind == kind


def test_setting_the_version_changes_that_line_alone() -> None:
    document = rulebook_text("steel")
    changed = with_version(document, "2.3.4").splitlines()
    assert [line for line in changed if line not in document.splitlines()] == ["version: 2.3.4"]
    assert len(changed) == len(document.splitlines())


FRONT = "---\ntitle: T\nfields: []\nlabels: []\n"


@pytest.mark.parametrize(
    ("document", "code", "line"),
    [
        ("# no front matter", "front-matter-missing", 1),
        ("---\ntitle: T\n", "front-matter-missing", 1),
        ("---\ntitle: [\n---\n", "yaml-broken", 3),
        ("---\ntitle: T\nfields: []\n---\n", "entry-missing", 2),
        (FRONT + "surprise: 1\n---\n", "unknown-entry", 5),
        (FRONT + "checks:\n  - id: a\n    field: b\n---\n", "entry-missing", 6),
        (FRONT + "examples:\n  - id: a\n    polarity: maybe\n---\n", "not-one-of", 7),
        (FRONT + "---\n\n## Scratches\n", "heading-unreadable", 7),
        ("---\ntitle: T\nfields: 3\nlabels: []\n---\n", "not-a-list", 3),
    ],
)
def test_a_document_that_cannot_be_read_says_where(document: str, code: str, line: int) -> None:
    with pytest.raises(Refusal) as refused:
        parse_rulebook(document)
    assert (refused.value.code, refused.value.details["line"]) == (code, line)
    assert [(problem.code, problem.line) for problem in problems_of(document)] == [(code, line)]


def test_a_bomb_of_aliases_is_refused_and_not_unfolded() -> None:
    bomb = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    bomb += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 10)]
    answer = "      " + "\n      ".join(bomb)
    document = f"{FRONT}examples:\n  - id: a\n    polarity: positive\n    answer:\n{answer}\n---\n"
    with pytest.raises(Refusal) as refused:
        parse_rulebook(document)
    assert refused.value.code == "document-too-large"


@pytest.mark.parametrize(
    "markdown",
    [
        "<script>alert(1)</script>",
        "[x](javascript:alert(1))",
        "![x](http://elsewhere/p.png)",
        "<img src=x onerror=a()>",
    ],
)
def test_a_clause_can_bring_no_script_and_no_foreign_picture_onto_a_page(markdown: str) -> None:
    shown = html_of(markdown)
    assert "<script" not in shown
    assert "<img" not in shown
    assert 'href="javascript' not in shown


def test_a_clause_is_markdown() -> None:
    assert html_of("一 **二**\n\n- 三") == "<p>一 <strong>二</strong></p>\n<ul>\n<li>三</li>\n</ul>"
