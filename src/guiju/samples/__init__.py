"""The demo's cast and raw projects, all our own making.

`cast` names the people, `steel` draws rolled-steel surfaces with defects whose truth is known, `messages` holds
customer-service messages that we wrote, `documents` ships the briefs and rulebooks, and `crowd` says how the
simulated annotators work. Nothing here touches a database: the demo feeds it through the product's own doors.
"""
