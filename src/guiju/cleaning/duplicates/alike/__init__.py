"""What is alike: numbers of texts, pictures and sounds, and the groups that likeness makes of them."""
