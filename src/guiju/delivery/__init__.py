"""Packages handed over: frozen, hashed, made of bytes that depend on the project's state alone.

`deliver` freezes the moment and asks for the job `delivery.build`; formats are plug-ins in `formats/`. The quality
report is written from what inspection and work know; nothing in a package says when it was made.
"""

from guiju.delivery.actions import BUILD, deliver, get_delivery, get_package, list_deliveries
from guiju.delivery.building import JOBS
from guiju.delivery.errors import (
    DeliveryNotFound,
    DeliveryNotReady,
    EverythingLeftOut,
    FormatDoesNotFit,
    LotNotAccepted,
    LotUnknown,
    NothingNew,
    NothingToDeliver,
    UnknownFormat,
)
from guiju.delivery.formats import FORMATS, Format
from guiju.delivery.model import INCLUDE_NAMES, Asked, Delivery, DeliveryState, Include, Terms
from guiju.delivery.splits import Splits, read_shares
from guiju.delivery.tables import delivery as delivery_table

__all__ = [
    "BUILD",
    "FORMATS",
    "INCLUDE_NAMES",
    "JOBS",
    "Asked",
    "Delivery",
    "DeliveryNotFound",
    "DeliveryNotReady",
    "DeliveryState",
    "EverythingLeftOut",
    "Format",
    "FormatDoesNotFit",
    "Include",
    "LotNotAccepted",
    "LotUnknown",
    "NothingNew",
    "NothingToDeliver",
    "Splits",
    "Terms",
    "UnknownFormat",
    "deliver",
    "delivery_table",
    "get_delivery",
    "get_package",
    "list_deliveries",
    "read_shares",
]
