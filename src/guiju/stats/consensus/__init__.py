"""One answer from several, with its confidence, and what the answers say about who gave them."""
