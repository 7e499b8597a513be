"""A rulebook goes into other hands: people read it on paper, a language model as a prompt; both read the same."""

import io
import json
from typing import Any

import jsonschema
import msgspec
import pytest
from docx import Document as Word

from guiju.kinds import decode_answers
from guiju.kit import new_id
from guiju.rulebooks import compile_document
from guiju.rulebooks.exports import FORMATS, export_rulebook, prompt_of, schema_of
from guiju.rulebooks.exports.markdown import blocks_of
from guiju.samples.documents import rulebook_text
from guiju.site.documents import Bullets, Paragraph, Table, Tone
from guiju.site.words import words_for
from tests.rulebooks.asked import STEEL as ASKED_STEEL
from tests.rulebooks.asked import TALK
from tests.support.cast import Cast

STEEL, SERVICE = compile_document(rulebook_text("steel")), compile_document(rulebook_text("service"))
EN, ZH = words_for("en"), words_for("zh_Hans")


@pytest.mark.parametrize("compiled", [STEEL, SERVICE, compile_document(ASKED_STEEL), compile_document(TALK)])
def test_every_known_answer_fits_the_schema_and_is_an_answer_on_the_wire(compiled: Any) -> None:
    schema = schema_of(compiled)
    jsonschema.Draft202012Validator.check_schema(schema)
    known = [answers for one in compiled.rulebook.examples if (answers := compiled.answers_of(one)) is not None]
    assert known
    for answers in known:
        written = json.loads(msgspec.json.encode(answers))
        jsonschema.validate({"answers": written, "clauses": []}, schema)
        assert decode_answers(written) == answers


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"answers": {}},
        {"answers": {"intent": {"kind": "choice", "labels": ["parcel"]}}},
        {"answers": {"intent": {"kind": "soft", "weights": {}}}},
        {"answers": {"intent": {"kind": "choice", "labels": ["refund"]}}, "clauses": ["C99"]},
        {"answers": {"intent": {"kind": "choice", "labels": ["refund"]}}, "why": "said so"},
    ],
)
def test_what_the_rulebook_does_not_know_does_not_fit(given: object) -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(given, schema_of(SERVICE))


@pytest.mark.parametrize("words", [EN, ZH])
def test_the_prompt_holds_every_label_clause_and_example_in_the_readers_language(words: Any) -> None:
    prompt, language = prompt_of(SERVICE, words), words.locale[:2]
    for label in SERVICE.rulebook.labels:
        assert f"`{label.id}` {label.name[language]}" in prompt
        assert label.definition[language] in prompt
    for clause in SERVICE.rulebook.clauses:
        assert clause.text[language] in prompt
    for example in SERVICE.rulebook.examples:
        assert json.dumps(example.text, ensure_ascii=False) in prompt
    schema = json.loads(prompt.split("```json\n")[1].split("\n```")[0])
    assert schema == schema_of(SERVICE)


def test_the_paper_has_every_clause_as_a_heading_and_every_label_in_a_table() -> None:
    word = Word(io.BytesIO(export_rulebook(STEEL, "docx", ZH, "钢板").content))
    headings = [one.text for one in word.paragraphs if one.style and (one.style.name or "").startswith("Heading")]
    assert [f"{clause.id} {clause.title['zh']}" for clause in STEEL.rulebook.clauses] == [
        one for one in headings if one.startswith("C")
    ]
    cells = {cell.text for table in word.tables for row in table.rows for cell in row.cells}
    assert all(any(label.definition["zh"] in cell for cell in cells) for label in STEEL.rulebook.labels)


@pytest.mark.parametrize("form", FORMATS)
def test_equal_versions_give_equal_bytes(form: str) -> None:
    again = compile_document(rulebook_text("steel"))
    assert export_rulebook(STEEL, form, EN, "Steel") == export_rulebook(again, form, EN, "Steel")


def test_markdown_becomes_paragraphs_lists_tables_and_quotes_and_no_address_that_runs() -> None:
    table_of_two = "| a | b |\n|---|---|\n| 1 | 2 |\n"
    text = f"A **bold** [way](javascript:x) [out](https://a.test)\n\n1. one\n2. two `x`\n\n> said\n\n{table_of_two}"
    first, listed, quote, table = blocks_of(text)
    assert isinstance(first, Paragraph)
    assert [piece.link for piece in first.text if piece.link] == ["https://a.test"]  # type: ignore[union-attr]
    assert (isinstance(listed, Bullets), listed.ordered, len(listed.items)) == (True, True, 2)  # type: ignore[union-attr]
    assert isinstance(quote, Paragraph)
    assert quote.tone is Tone.QUOTE
    assert isinstance(table, Table)
    assert ([column.title for column in table.columns], len(table.rows)) == (["a", "b"], 1)


def test_a_version_is_taken_away_by_page_and_program_and_not_by_a_stranger(client: Any, cast: Cast) -> None:
    headers = cast.sign_in(client, "zhou")
    body = {"id": new_id(), "document": rulebook_text("steel"), "revision": 0}
    client.put(f"/api/v1/projects/{cast.project}/rulebook/draft", json=body, headers=headers)
    made = client.post(f"/api/v1/projects/{cast.project}/rulebook/publish", json={"id": new_id()}, headers=headers)
    own, other = f"/projects/{cast.project}/rulebook/{made.json()['id']}/export", made.json()["id"]
    api = f"/api/v1/projects/{cast.project}/rulebook/versions/{other}/export"
    cast.sign_in(client, "alice")
    assert client.get(f"{own}?format=docx").content[:2] == b"PK"
    assert "steel-0000.jpg" in client.get(api).text
    assert (client.get(f"{api}?format=tex").status_code, client.get(f"{api}?format=tex").json()["code"]) == (
        422,
        "document-format-unknown",
    )
    cast.sign_in(client, "mallory")
    assert [client.get(path).status_code for path in (own, api)] == [404, 404]
