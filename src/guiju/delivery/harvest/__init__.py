"""What people gave and inspection accepted becomes items: of the project itself, or of the one that works with them."""
