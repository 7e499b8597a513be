"""Keys and settings of the workbench are kept on one's account, for every browser."""

from litestar import Litestar
from litestar.testing import TestClient

from tests.support.cast import Cast

Client = TestClient[Litestar]
PATH = "/api/v1/me/workbench"


def test_what_is_written_last_holds_and_another_browser_reads_it(cast: Cast, client: Client) -> None:
    headers = cast.sign_in(client, "alice")
    assert client.get(PATH).json() == {"settings": None, "changed_at": None}
    for keys in ({"submit": ["Space"]}, {"submit": ["Enter"], "undo": []}):
        answer = client.put(PATH, json={"settings": {"keys": keys, "left-handed": True}}, headers=headers)
        assert answer.status_code == 200, answer.text
    cast.sign_in(client, "alice")
    assert client.get(PATH).json()["settings"] == {"keys": {"submit": ["Enter"], "undo": []}, "left-handed": True}


def test_settings_are_ones_own_alone(cast: Cast, client: Client) -> None:
    headers = cast.sign_in(client, "alice")
    client.put(PATH, json={"settings": {"snap": True}}, headers=headers)
    cast.sign_in(client, "mallory")
    assert client.get(PATH).json()["settings"] is None
    client.cookies.clear()
    assert client.get(PATH).status_code == 401


def test_what_is_too_large_or_no_setting_is_refused_and_changes_nothing(cast: Cast, client: Client) -> None:
    headers = cast.sign_in(client, "alice")
    client.put(PATH, json={"settings": {"snap": True}}, headers=headers)
    for settings, code in (
        ({"keys": {"act": ["x" * 20_000]}}, "settings-too-large"),
        ({"Not A Name": 1}, "settings-unreadable"),
        ({f"s{number}": 1 for number in range(41)}, "settings-unreadable"),
        ([1], "request-unreadable"),
    ):
        assert client.put(PATH, json={"settings": settings}, headers=headers).json()["code"] == code
    assert client.get(PATH).json()["settings"] == {"snap": True}
