"""The router that is made quickly does what the framework's does."""

import pytest
from litestar.testing import TestClient

from guiju.web.app import Site


@pytest.mark.parametrize(
    ("path", "methods"),
    [
        ("/", "GET, OPTIONS"),
        ("/sign-in", "GET, OPTIONS, POST"),
        ("/api/v1/projects/3", "GET, OPTIONS, PATCH"),
        ("/api/v1/projects/3/lots", "GET, OPTIONS, POST"),
    ],
)
def test_a_path_says_which_methods_it_has(app: Site, path: str, methods: str) -> None:
    with TestClient(app) as visitor:
        answer = visitor.options(path)
    assert (answer.status_code, answer.headers["allow"]) == (204, methods)


def test_a_path_that_is_not_there_has_none(app: Site) -> None:
    with TestClient(app) as visitor:
        assert visitor.options("/api/v1/nothing").status_code == 404
