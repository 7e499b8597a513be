"""Figures: medians beside the machine's own floors, printed as tables. Not tests: nothing here passes or fails."""
