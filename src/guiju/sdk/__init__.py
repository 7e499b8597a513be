"""Guiju's client for programs: `from guiju.sdk import Client`. It speaks HTTP and stands apart from the house."""

from guiju.sdk.client import Client
from guiju.sdk.errors import ApiError, JobFailedError, UnreachableError

__all__ = ["ApiError", "Client", "JobFailedError", "UnreachableError"]
