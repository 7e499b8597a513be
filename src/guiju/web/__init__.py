"""The app: mounts each slice's routes, finds who asks, turns refusals into answers, runs what must run beside."""

from guiju.web.app import create_app

__all__ = ["create_app"]
