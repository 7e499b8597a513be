"""What is in a source or a project: figures of every item, kept in columns, and a document made of them.

The figures are taken by a job after each import. Each number of the document leads to the items that it counts:
`list_wanted_items` finds them in the columns, without reading an item that it does not show.
"""
