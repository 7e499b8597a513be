"""API tokens: a secret that a program brings instead of a session; shown once, kept as a digest, revocable."""
