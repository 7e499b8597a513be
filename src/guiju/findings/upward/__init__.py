"""From a scene upward: a label of the rulebook's draft, and a trial drawn evenly over scenes.

What is done here is done through the actions of the rooms below; nothing is kept here.
"""
