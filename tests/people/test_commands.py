"""`guiju people` on a home where nobody is yet."""

import json
from pathlib import Path
from typing import Any

import pytest
from litestar.testing import TestClient
from typer.testing import CliRunner

from guiju.cli.people import app
from guiju.storage import opened_house
from guiju.web.app import create_app

WANG = ["set-up", "wang@guiju.test", "王敏", "--json"]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def run(home: Path, *words: str) -> tuple[int, Any]:
    answer = CliRunner().invoke(app, [*words, "--home", str(home)])
    return answer.exit_code, json.loads(answer.stdout)


def test_the_first_administrator_of_an_empty_home_is_made(home: Path) -> None:
    code, made = run(home, *WANG)
    assert (code, made["email"]) == (0, "wang@guiju.test")
    [wang] = run(home, "list", "--json")[1]
    assert (wang["id"], wang["name"], wang["is_admin"], wang["may_open_projects"]) == (made["id"], "王敏", True, True)


def test_the_printed_password_lets_in_and_has_to_be_changed(home: Path) -> None:
    password = run(home, *WANG)[1]["first_password"]
    with opened_house(home) as house, TestClient(create_app(house)) as client:
        entered = client.post("/sign-in", data={"email": "wang@guiju.test", "password": password})
        assert entered.url.path == "/account/password"
        assert client.get("/api/v1/projects").json()["code"] == "password-must-change"


def test_a_house_with_an_administrator_takes_no_second_first_one(home: Path) -> None:
    run(home, *WANG)
    code, refused = run(home, "set-up", "mallory@guiju.test", "Mallory", "--json")
    assert (code, refused["error"]["code"]) == (1, "already-set-up")
