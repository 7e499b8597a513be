"""How good a model is against a reference: detection, spans, transcripts, classes, and its own confidence."""
