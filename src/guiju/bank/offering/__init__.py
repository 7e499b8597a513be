"""What a new project is told of the bank: how much of what its brief wants is there, how sure, and what is like it."""

from guiju.bank.offering.actions import count_drawn, read_offer
from guiju.bank.offering.model import Offer

__all__ = ["Offer", "count_drawn", "read_offer"]
