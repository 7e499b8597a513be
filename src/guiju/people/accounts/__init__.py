"""Accounts: one's own data, and what an administrator does with everybody's."""
