"""Teams: people who are added to projects, and given work, together."""
