"""Where defects come from and whether a process is steady: Pareto's order, charts of shares, signals, inspectors."""
