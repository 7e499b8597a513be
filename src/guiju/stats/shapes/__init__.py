"""Geometry of what annotators draw: boxes, polygons and masks, how much two of them share, and who is whose partner.

`collection` holds shapes beside who drew them (`boxes`, `polygons`, `masks` build it), `geometry` the three forms,
`overlaps` finds every pair of shapes that share enough, `matching` gives each shape at most one partner so that the sum
of what partners share is the greatest there is, `comparing` counts what follows. Agreement, consensus and detection
scores stand on these. Coordinates are pixels with y pointing down; nothing depends on that but words.
"""
