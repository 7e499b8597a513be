"""Consents: what people agree to before they give anything, on record, and how they take it back."""
