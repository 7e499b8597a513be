"""What the tests of cleaning share: imports as in the tests of data, and jobs carried out to their end."""

from tests.data.conftest import importer, write

__all__ = ["importer", "write"]
