"""Nothing goes out of the house unless who asks has named where to; asked before a job is, and again when it runs."""

from guiju.scenes.errors import LeavesTheHouse
from guiju.storage import House
from guiju.vectors.names import LEAVING
from guiju.vectors.outside import get_endpoint


def check_consent(house: House, backend: str, send_to: str) -> None:
    """`send_to` is the host that was agreed to. Raises `LeavesTheHouse`, `EndpointFileWrong`."""
    if backend in LEAVING:
        host = get_endpoint(house.home).host
        if send_to != host:
            raise LeavesTheHouse(host=host)
