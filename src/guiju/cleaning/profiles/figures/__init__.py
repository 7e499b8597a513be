"""What is measured of items, on columns of NumPy: texts, pictures, sounds, the record's own columns."""
