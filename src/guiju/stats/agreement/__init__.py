"""Whether annotators understand the rulebook alike: observed agreement and what is left of it beyond chance."""
