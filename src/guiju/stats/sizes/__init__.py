"""How many and how long: sample sizes for a claim, learning curves, effort and cost with their intervals."""
