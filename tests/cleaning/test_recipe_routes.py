"""Recipes over HTTP and from the command line."""

import json
from pathlib import Path
from typing import Any

import pytest

from guiju.cli.main import main
from guiju.kit import new_id
from guiju.storage import House, work_jobs
from guiju.web.jobs import HANDLERS
from tests.cleaning.cleaner import Cleaner

DOCUMENT = "recipe: 客服\nsteps:\n  - width\n  - step: mask\n    how: pseudonym\n"


def test_a_program_tries_runs_follows_and_undoes_a_recipe(cleaner: Cleaner, client: Any) -> None:
    cleaner.bring("你好ＡＢＣ，我是老客户了，想问一下订单", "电话13800138000")
    headers, api = cleaner.cast.sign_in(client, "gao"), f"/api/v1/projects/{cleaner.project}"

    def post(path: str, status: int, **told: object) -> Any:
        answer = client.post(api + path, json={"id": new_id(), **told}, headers=headers)
        assert answer.status_code == status, answer.text
        return answer.json()

    tried = post("/recipe-previews", 200, document=DOCUMENT)
    assert (tried["tried"], tried["counts"]["changed"], tried["needs_confirmation"]) == (2, 2, False)
    kept = post("/recipes", 201, document=DOCUMENT)
    assert (kept["version"], kept["document"]) == (1, DOCUMENT)
    assert post("/recipes", 201, document=DOCUMENT)["version"] == 1, "what says nothing new is no new version"
    assert post("/recipes", 201, document=DOCUMENT.replace("pseudonym", "last4"))["version"] == 2
    run = post("/recipe-runs", 202, recipe=kept["id"], version=1)
    work_jobs(cleaner.house, HANDLERS, only=run["job"])
    found = client.get(f"{api}/recipe-runs/{run['id']}").json()
    assert (found["state"], found["counts"]["changed"]) == ("done", 2)
    [masked] = [
        one
        for one in client.get(f"{api}/items", params={"source": run["source"]}).json()["items"]
        if "【" in one["text"]
    ]
    family = client.get(f"/api/v1/items/{masked['id']}/family").json()
    assert [(one["withheld"], one["run"]) for one in family["parents"]] == [(True, run["id"])]
    assert client.get(f"/media/items/{family['parents'][0]['item']}").status_code == 403
    job = post(f"/recipe-runs/{run['id']}/undo", 202)["job"]
    work_jobs(cleaner.house, HANDLERS, only=job)
    assert client.get(f"{api}/recipe-runs").json()["runs"][0]["state"] == "undone"
    assert post("/recipes", 422, document="recipe: x\nsteps: [bleach]")["code"] == "step-unknown"


def test_the_command_tries_runs_and_undoes(
    cleaner: Cleaner, tmp_path: Path, house: House, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    if not house.database.is_sqlite:
        return
    cleaner.bring("电话13800138000", "好的，没有什么问题，谢谢您的耐心解答，再见")
    recipe = tmp_path / "recipe.yaml"
    recipe.write_text(DOCUMENT, "utf-8")

    def told(*words: str, code: int = 0) -> Any:
        home = ["--home", str(house.home), "--as", "zhou@guiju.test", "--json"]
        monkeypatch.setattr("sys.argv", ["guiju", "data", *words, *home])
        with pytest.raises(SystemExit) as over:
            main()
        assert over.value.code == code
        return json.loads(capsys.readouterr().out)

    project = str(cleaner.project)
    assert told("clean", project, str(recipe), "--try")["counts"]["changed"] == 1
    run = told("clean", project, str(recipe))["run"]
    assert (run["state"], run["counts"]["changed"]) == ("done", 1)
    assert told("cleanings", project)["runs"][0]["id"] == run["id"]
    assert told("unclean", project, str(run["id"]))["run"]["state"] == "undone"
    assert told("clean", project, str(tmp_path / "none"), code=1)["error"]["code"] == "recipe-file-missing"
