"""Agreement on synthetic crowds, beside the packages that people use, each in a process of its own.

Ours start from integer codes and check them (sorted, no contradictions). `krippendorff` gets what it is fastest with: a
matrix of five slots a unit, made before its clock starts, or counts of values; statsmodels gets a table by pandas.
"""

import importlib
from typing import Any

import numpy as np

from bench.crowds import LARGE, MIDDLE, Crowd, Size, alone, on_disk
from bench.table import Row, show
from guiju.stats.agreement.alpha import krippendorff_alpha
from guiju.stats.agreement.chance import fleiss_kappa
from guiju.stats.agreement.drivers import drivers
from guiju.stats.agreement.report import agreement_of
from guiju.stats.agreement.summary import summarise
from guiju.stats.columns import from_codes

HERE = "bench.stats_agreement"


def floor(crowd: Crowd) -> int:
    """One count of all pairs of item and label."""
    return int(np.bincount(crowd.item * np.int32(crowd.label.max() + 1) + crowd.label).max())


def alpha(crowd: Crowd) -> float | None:
    """Krippendorff's alpha, the figure alone."""
    return krippendorff_alpha(from_codes(*crowd), interval=False).value


def alpha_with_interval(crowd: Crowd) -> list[float] | None:
    """The same with 1,000 resamples."""
    return krippendorff_alpha(from_codes(*crowd)).interval


def alpha_shuffled(crowd: Crowd) -> float | None:
    """The same from rows in no order."""
    return krippendorff_alpha(from_codes(*crowd), interval=False).value


def _shuffled(crowd: Crowd) -> Crowd:
    order = np.random.default_rng(0).permutation(len(crowd.item))
    return Crowd(*(column[order] for column in crowd))


alpha_shuffled.prepare = _shuffled  # pyright: ignore[reportFunctionMemberAccess]


def fleiss(crowd: Crowd) -> float | None:
    """Fleiss' kappa with its interval."""
    return fleiss_kappa(from_codes(*crowd)).value


def report(crowd: Crowd) -> float | None:
    """Everything: alpha, chance-corrected, labels, annotators, pairs, confusions, with intervals."""
    return agreement_of(from_codes(*crowd)).alpha.value


def summary(crowd: Crowd) -> int:
    """What a shard hands on."""
    return len(summarise(from_codes(*crowd)).patterns.weight)


def driven(crowd: Crowd) -> float | None:
    """Alpha without each label, item and annotator."""
    return drivers(from_codes(*crowd)).annotators[0].without


def theirs_matrix(units: Any) -> float:
    """`krippendorff` from a matrix of slots x units."""
    package: Any = importlib.import_module("krippendorff")
    return float(package.alpha(reliability_data=units, level_of_measurement="nominal"))


def _slots(crowd: Crowd) -> Any:
    importlib.import_module("krippendorff")
    return crowd.label.reshape(-1, 5).T.astype(np.float64)


theirs_matrix.prepare = _slots  # pyright: ignore[reportFunctionMemberAccess]


def theirs_counts(crowd: Crowd) -> float:
    """`krippendorff` from counts of values, which are counted within the clock."""
    package: Any = importlib.import_module("krippendorff")
    width = int(crowd.label.max()) + 1
    cells = (int(crowd.item.max()) + 1) * width
    counts = np.bincount(crowd.item.astype(np.int64) * width + crowd.label, minlength=cells).reshape(-1, width)
    return float(package.alpha(value_counts=counts, level_of_measurement="nominal"))


def _ready(crowd: Crowd) -> Crowd:
    importlib.import_module("krippendorff")
    return crowd


theirs_counts.prepare = _ready  # pyright: ignore[reportFunctionMemberAccess]


def theirs_fleiss(crowd: Crowd) -> float:
    """pandas' crosstab, then statsmodels."""
    pandas: Any = importlib.import_module("pandas")
    statsmodels: Any = importlib.import_module("statsmodels.stats.inter_rater")
    return float(statsmodels.fleiss_kappa(pandas.crosstab(crowd.item, crowd.label).to_numpy()))


def _imported(crowd: Crowd) -> Crowd:
    importlib.import_module("pandas")
    importlib.import_module("statsmodels.stats.inter_rater")
    return crowd


theirs_fleiss.prepare = _imported  # pyright: ignore[reportFunctionMemberAccess]

OURS = (
    (alpha, "theirs_matrix", "≥ 8 ×, ≤ 600 MiB"),
    (alpha_with_interval, "theirs_matrix", ""),
    (alpha_shuffled, "theirs_matrix", ""),
    (fleiss, "theirs_fleiss", "≥ 50 ×"),
    (report, "", ""),
    (summary, "", ""),
    (driven, "", ""),
)


def rows(size: Size = LARGE) -> list[Row]:
    """What each method costs on a crowd of `size`, and how often it is faster than the package beside it."""
    with on_disk(size) as folder:
        base = {
            name: alone(f"{HERE}:{name}", folder)
            for name in ("floor", "theirs_matrix", "theirs_counts", "theirs_fleiss")
        }
        found = [Row(f"{name}", f"{one.cpu:.2f} s, {one.mebibytes:,.0f} MiB") for name, one in base.items()]
        for method, beside, wanted in OURS:
            mine = alone(f"{HERE}:{method.__name__}", folder)
            ratio = f"{base[beside].cpu / mine.cpu:.1f} × {beside}" if beside else ""
            spent = f"{mine.cpu:.2f} s, {mine.mebibytes:,.0f} MiB"
            found.append(Row(method.__name__, spent, wanted, f"{ratio}; floor × {mine.cpu / base['floor'].cpu:.1f}"))
    return found


def main() -> None:
    """Print one million and ten million answers."""
    for size in (MIDDLE, LARGE):
        show(f"Agreement, {size.items:,} items x {size.answers} answers, CPU seconds and peak memory", rows(size))


if __name__ == "__main__":
    main()
