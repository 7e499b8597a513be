"""A roster: many accounts from one Excel or CSV file, all of them or none, with first passwords to hand out."""
