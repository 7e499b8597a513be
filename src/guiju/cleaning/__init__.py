"""What is in the raw data, and clean items derived from it: personal data, recipes, profiles, near-duplicates.

It writes items only through `data`'s own door, and sets aside what it replaces: nothing is ever lost by cleaning.
"""
