"""A browser, and windows that show what went wrong in them."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser

from tests.journeys.papers import ROLES
from tests.journeys.served import Served, gather, served
from tests.journeys.visitors import Visitor, a_browser, visitor

Open = Callable[..., Visitor]


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """One house for all journeys that only need people and a project of their own in it."""
    home = tmp_path_factory.mktemp("town") / "home"
    with served(home, gather(home, *ROLES, "alice", "bob", "carol")) as town:
        yield town


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One Chromium for a file; each person has a profile of their own in it. Playwright bears no other of itself."""
    with a_browser() as browser:
        yield browser


@pytest.fixture
def window(browser: Browser) -> Iterator[Open]:
    """Opens windows: `window(url, "zh-CN")`. None of their scripts may fail."""
    opened: list[Visitor] = []
    failed: list[str] = []

    def open_one(url: str, locale: str = "en-GB") -> Visitor:
        one = visitor(browser, url, locale)
        one.page.on("pageerror", lambda error: failed.append(str(error)))
        opened.append(one)
        return one

    yield open_one
    for one in opened:
        one.context.close()
    assert not failed, "a page's script failed"
