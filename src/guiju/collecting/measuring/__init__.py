"""What is measured of a contribution as soon as it comes, and what it is like; the figures are those of profiles."""
