"""Labels that are probably wrong, ranked, from predicted probabilities, scenes and near-duplicates."""
