"""What the tests of cleaning share: imports as in the tests of data, and jobs carried out to their end."""

from pathlib import Path

import pytest

from tests.cleaning.cleaner import Cleaner
from tests.data.conftest import importer, write
from tests.support.cast import Cast

__all__ = ["importer", "write"]


@pytest.fixture
def cleaner(cast: Cast, tmp_path: Path) -> Cleaner:
    return Cleaner(cast, tmp_path)
