"""What a browser fetches of the front end: compressed, kept for good, and nothing beside it."""

import gzip
from typing import Any

import pytest

from guiju.web import assets
from tests.support.cast import Cast


@pytest.fixture
def script(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> bytes:
    content = b"export const many = 'the same again';" * 200
    (tmp_path / "static" / "app").mkdir(parents=True)
    (tmp_path / "static" / "app" / "bench-Ab3_xY9z.js").write_bytes(content)
    (tmp_path / "static" / "app" / "manifest.json").write_text("{}", encoding="utf-8")
    (tmp_path / "secret.txt").write_text("not yours", encoding="utf-8")
    monkeypatch.setattr(assets, "STATIC", tmp_path / "static")
    return content


def test_a_script_is_sent_compressed_and_kept_for_good(client: Any, cast: Cast, script: bytes) -> None:
    answer = client.get("/static/app/bench-Ab3_xY9z.js", headers={"Accept-Encoding": "gzip"})
    assert answer.content == script
    assert answer.headers["content-encoding"] == "gzip"
    assert int(answer.headers["content-length"]) == len(gzip.compress(script, 9, mtime=0)) < len(script) / 10
    assert answer.headers["cache-control"] == assets.FOR_GOOD
    plain = client.get("/static/app/bench-Ab3_xY9z.js", headers={"Accept-Encoding": "identity"})
    assert (plain.content, plain.headers.get("content-encoding")) == (script, None)


def test_what_has_no_hash_in_its_name_is_asked_for_again_and_answered_shortly(
    client: Any, cast: Cast, script: bytes
) -> None:
    first = client.get("/static/app/manifest.json")
    assert first.headers["cache-control"] == "no-cache"
    again = client.get("/static/app/manifest.json", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(
    "path", ["/static/../secret.txt", "/static/%2e%2e/secret.txt", "/static/app/none.js", "/static/app"]
)
def test_nothing_outside_of_it_is_there(client: Any, cast: Cast, script: bytes, path: str) -> None:
    assert client.get(path).status_code == 404
