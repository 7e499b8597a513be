"""The inspector's bench: the sample laid out place by place on the workbench's own canvas, and verdicts from it."""
