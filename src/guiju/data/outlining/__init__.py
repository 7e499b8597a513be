"""From a rough box to an outline: what stands out in the part of a picture around the box is found.

Nothing is stored: the answer is a proposal that a person takes into their own hands. Who finds it is a plug-in, one
file in `outliners/`.
"""

from guiju.data.outlining.model import Found, Wanted

__all__ = ["Found", "Wanted"]
