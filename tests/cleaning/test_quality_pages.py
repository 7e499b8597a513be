"""The pages of quality rules before there are any."""

from typing import Any

from tests.support.cast import Cast


def test_before_the_first_rules_the_page_of_versions_says_that_there_are_none(client: Any, cast: Cast) -> None:
    cast.sign_in(client, "zhou")
    page = client.get(f"/projects/{cast.project}/quality/versions?lang=en")
    assert (page.status_code, "No rules yet" in page.text) == (200, True)
