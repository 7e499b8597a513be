"""How files become records: what was recognised, what somebody says instead, what would come of it, and what was said
the last time for columns like these. Uploads wait here until somebody has looked at them and imports or discards them.
"""
