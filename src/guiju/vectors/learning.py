"""What scikit-learn does for us, typed: it gives next to no types, and costs a second to load."""

from importlib import import_module
from typing import Any

import numpy as np

from guiju.vectors.model import Floats


def svd_directions(rows: Any, count: int) -> Floats:
    """The first right singular vectors of a sparse matrix, as columns."""
    *_, right = import_module("sklearn.utils.extmath").randomized_svd(rows, count, n_iter=2, random_state=0)
    return np.asarray(right, np.float32).T


def scattered(rows: Floats, count: int) -> Floats:
    """`count` of the rows, far from each other."""
    drawn, _ = import_module("sklearn.cluster").kmeans_plusplus(rows, count, random_state=0)
    return np.asarray(drawn, np.float32)


def means_in_full(rows: Floats, start: Floats) -> Floats:
    """The centres that k-means ends with."""
    make = import_module("sklearn.cluster").KMeans
    return np.asarray(make(len(start), init=start, n_init=1, max_iter=60, random_state=0).fit(rows).cluster_centers_)


def means_in_batches(rows: Floats, start: Floats) -> Floats:
    """The same, a batch of rows at a time."""
    make = import_module("sklearn.cluster").MiniBatchKMeans
    options = {"batch_size": 8_192, "n_init": 1, "max_iter": 20, "reassignment_ratio": 0, "random_state": 0}
    return np.asarray(make(len(start), init=start, **options).fit(rows).cluster_centers_)


def main_plane(rows: Floats) -> Floats:
    """The rows in the two directions that they differ most in."""
    return np.asarray(import_module("sklearn.decomposition").PCA(2, random_state=0).fit_transform(rows), np.float32)


def neighbours_kept(rows: Floats, start: Floats, perplexity: float) -> Floats:
    """Rows on a plane by t-SNE, exact: for hundreds of them."""
    options = {"learning_rate": "auto", "random_state": 0, "metric": "cosine", "method": "exact", "max_iter": 600}
    make = import_module("sklearn.manifold").TSNE
    return np.asarray(make(2, perplexity=perplexity, init=start, **options).fit_transform(rows), np.float32)
