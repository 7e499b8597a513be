"""Consensus written the slow and plain way, with dense tables and loops: what the fast one is held against."""

import warnings
from typing import Any, NamedTuple

import numpy as np

from guiju.stats.columns import Columns, Floats, from_codes


class Naive(NamedTuple):
    posterior: Floats
    log_likelihood: float
    bounds: list[float]


def shares_of_votes(columns: Columns) -> Floats:
    votes = np.zeros((len(columns.items), len(columns.labels)))
    for item, label in zip(columns.item, columns.label, strict=True):
        votes[item, label] += 1
    return votes / votes.sum(axis=1, keepdims=True)


def naive_em(columns: Columns, iterations: int, *, coin: bool) -> Naive:
    """Dawid-Skene (or one-coin) by its formulas; `bounds` are log L(old) + Q(new) - Q(old) per answer."""
    posterior, likelihood, bounds = shares_of_votes(columns), 0.0, list[float]()
    priors, table = _maximise(columns, posterior, coin)
    for _ in range(iterations):
        posterior, likelihood = _expect(columns, priors, table)
        before = _expected_log(columns, posterior, priors, table)
        priors, table = _maximise(columns, posterior, coin)
        bounds.append((likelihood + _expected_log(columns, posterior, priors, table) - before) / len(columns))
    posterior, likelihood = _expect(columns, priors, table)
    return Naive(posterior, likelihood, bounds)


def _maximise(columns: Columns, posterior: Floats, coin: bool) -> tuple[Floats, Floats]:
    people, classes = len(columns.annotators), len(columns.labels)
    counts = np.zeros((people, classes, classes))
    for item, annotator, label in zip(columns.item, columns.annotator, columns.label, strict=True):
        counts[annotator, label] += posterior[item]
    if coin:
        right = np.clip(np.trace(counts, axis1=1, axis2=2) / counts.sum(axis=(1, 2)), 1e-10, 1 - 1e-10)
        table = np.empty_like(counts)
        for annotator in range(people):
            table[annotator] = (1 - right[annotator]) / (classes - 1)
            np.fill_diagonal(table[annotator], right[annotator])
    else:
        whole = counts.sum(axis=1, keepdims=True)
        table = np.maximum(counts / np.where(whole > 0, whole, 1), 1e-10)
        table /= table.sum(axis=1, keepdims=True)
    priors = np.maximum(posterior.mean(axis=0), 1e-10)
    return priors / priors.sum(), table


def _expect(columns: Columns, priors: Floats, table: Floats) -> tuple[Floats, float]:
    logs = np.tile(np.log(priors), (len(columns.items), 1))
    for item, annotator, label in zip(columns.item, columns.annotator, columns.label, strict=True):
        logs[item] += np.log(table[annotator, label])
    sums = np.logaddexp.reduce(logs, axis=1)
    return np.exp(logs - sums[:, None]), float(sums.sum())


def _expected_log(columns: Columns, posterior: Floats, priors: Floats, table: Floats) -> float:
    total = float((posterior * np.log(priors)).sum())
    for item, annotator, label in zip(columns.item, columns.annotator, columns.label, strict=True):
        total += float(posterior[item] @ np.log(table[annotator, label]))
    return total


def random_crowd(seed: int, items: int = 30, annotators: int = 6, classes: int = 3, shown: float = 0.7) -> Columns:
    """Answers of annotators with confusions of their own; every item, annotator and label occurs, some answers miss."""
    rng = np.random.default_rng(seed)
    truth = np.concatenate([np.arange(classes), rng.integers(0, classes, items - classes)])
    confusion = rng.dirichlet(np.ones(classes), (annotators, classes)) * 0.4 + np.eye(classes) * 0.6
    rows = [
        (item, annotator, int(rng.choice(classes, p=confusion[annotator, truth[item]])))
        for item in range(items)
        for annotator in range(annotators)
        if rng.random() < shown or annotator in (item % annotators, (item + 1) % annotators)
    ]
    rows += [(items, annotator, annotator % classes) for annotator in range(annotators)]
    item, annotator, label = np.array(rows).T
    return from_codes(item, annotator, label)


def renamed_labels(columns: Columns, order: Floats | list[int]) -> Columns:
    """The same answers with label code k called `order[k]`."""
    place = np.asarray(order)
    return from_codes(columns.item, columns.annotator, place[columns.label], labels=columns.labels)


def crowd_kit(method: str, columns: Columns, **settings: Any) -> Any:
    """crowd-kit's method fitted on the codes; it and pandas warn of each other."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pandas as pd
        from crowdkit import aggregation

        names = {"task": columns.item, "worker": columns.annotator, "label": columns.label}
        return getattr(aggregation, method)(**settings).fit(pd.DataFrame(names))
