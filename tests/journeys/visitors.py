"""People at a browser: each has a window of their own, in their own language, and does what a person does."""

import re
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Locator, Page, ViewportSize, expect, sync_playwright

from tests.support.chromium import NONE, launch
from tests.support.needs import do_without

WAIT_MS = 20_000
WIDE: ViewportSize = {"width": 1440, "height": 900}


@contextmanager
def a_browser(*more: str) -> Generator[Browser]:
    """Chromium, told `more`, or a skip that says what is missing."""
    with sync_playwright() as playwright:
        expect.set_options(timeout=WAIT_MS)
        browser = launch(playwright, *more)
        if browser is None:
            do_without(NONE)
        try:
            yield browser
        finally:
            browser.close()


@dataclass
class Visitor:
    """Somebody at a window. What they read must be there to be seen."""

    url: str
    context: BrowserContext
    page: Page

    def go(self, path: str) -> None:
        answer = self.page.goto(self.url + path)
        assert answer is not None
        assert answer.status < 400, (path, answer.status, self.page.inner_text("main"))

    def at(self, path: str) -> None:
        """Wait to be there."""
        self.page.wait_for_url(re.compile(re.escape(self.url + path) + r"(\?.*)?$"), timeout=WAIT_MS)

    def write(self, **fields: str) -> None:
        """Fill the page's fields by their names."""
        for name, text in fields.items():
            self.page.locator(f'main [name="{name}"]').first.fill(text)

    def hand_over(self, path: Path) -> None:
        """Choose a file."""
        self.page.locator('input[type="file"][name="file"]').set_input_files(path)

    def press(self, words: str) -> None:
        """Press the button, or follow the link, that says exactly these words."""
        self.button(words).click()

    def button(self, words: str) -> Locator:
        page = self.page
        return (
            page.get_by_role("button", name=words, exact=True)
            .or_(page.get_by_role("link", name=words, exact=True))
            .first
        )

    def reads(self, *sentences: str) -> None:
        for sentence in sentences:
            expect(self.page.get_by_text(sentence).first).to_be_visible()

    def heads(self, title: str) -> None:
        """The page's own heading."""
        expect(self.page.get_by_role("heading", name=title).first).to_be_visible()

    def all_is_sent(self) -> None:
        """What was handed in has reached the server: the page shows the next item, or none, before it has."""
        expect(self.page.locator(".saved.good")).to_be_visible()

    def sign_in(self, email: str, password: str, words: str = "Sign in") -> None:
        self.go("/sign-in")
        self.write(email=email, password=password)
        self.press(words)


def visitor(browser: Browser, url: str, locale: str = "en-GB") -> Visitor:
    """A new window, as wide as a desk's."""
    context = browser.new_context(locale=locale, viewport=WIDE, accept_downloads=True)
    context.set_default_timeout(WAIT_MS)
    page = context.new_page()
    return Visitor(url, context, page)
