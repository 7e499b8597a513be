"""The pages of deliveries: the form with all that can be asked, one delivery with what it holds."""

import re

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from guiju.delivery import JOBS
from guiju.storage import work_jobs
from tests.inspection.build import accept_a_lot, make_texts
from tests.support.cast import Cast


@pytest.mark.parametrize("house", ["sqlite"], indirect=True)
def test_the_form_builds_parts_and_the_page_shows_them(cast: Cast, client: TestClient[Litestar]) -> None:
    made = make_texts(cast, 20)
    accept_a_lot(cast, made)
    cast.sign_in(client, "zhou")
    here = f"/projects/{made.project}/deliveries"
    form = client.get(here).text
    csrf = re.search(r'name="csrf" value="([^"]+)"', form)
    assert csrf is not None
    said = {"csrf": csrf[1], "format": "csv", "parts": "train=80 test=20", "seed": "9", "lots": "1"}
    assert client.post(here, data=said, follow_redirects=False).status_code == 303
    work_jobs(cast.house, JOBS)
    shown = client.get(f"{here}/1").text
    assert "train" in shown
    assert "80.0%" in shown
    assert f"{here}/1/report?format=docx" in shown
    report = client.get(f"{here}/1/report?format=html&language=en&look=true")
    assert "Known issues" in report.text
    assert client.get(f"{here}/losses?format=csv").status_code == 200
    assert client.post(here, data={**said, "lots": "one"}, follow_redirects=False).status_code == 422
    assert client.get(f"/api/v1/projects/{made.project}/deliveries/1").json()["summary"]["parts"][0]["items"] == 16
