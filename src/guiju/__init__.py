"""Guiju 规矩: the intelligent training software in which AI trainers work."""

__version__ = "0.1.0"
