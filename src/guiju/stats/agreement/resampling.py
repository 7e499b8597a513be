"""Bootstrap weights of items: how often each item is drawn in each resample.

Formula: each row is a multinomial draw of n items out of n, each with chance 1/n.
Assumes: items are independent of each other.
Source: Efron 1979, doi:10.1214/aos/1176344552.
"""

import numpy as np

from guiju.stats.columns import Floats

REPLICATES = 1_000
_CELLS = 10_000_000
_FEWEST = 200


def item_weights(items: int, seed: int) -> Floats:
    """Resamples x items, 1,000 resamples; fewer, at least 200, where that table would pass 10 million cells.

    >>> item_weights(3, 0).sum(axis=1)[:2].tolist(), len(item_weights(1, 0))
    ([3.0, 3.0], 0)
    """
    if items < 2:
        return np.empty((0, items))
    replicates = max(_FEWEST, min(REPLICATES, _CELLS // items))
    return np.random.default_rng(seed).multinomial(items, np.full(items, 1 / items), replicates).astype(np.float64)
