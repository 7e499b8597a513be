"""How a map is made, and how what comes later finds its place: the jobs, and the arithmetic between them.

Brings NumPy; imported where a job runs or a scene is split.
"""
