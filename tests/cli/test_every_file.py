"""Every file of real data that has annotators is one whose figures are asserted: a new one must be covered."""

from tests.cli.test_answers import CROWDS
from tests.cli.test_marks import GOLD, OUTLINES, SPANS
from tests.stats.published import shared

NOBODY = {
    "MANIFEST.csv": "the list of files",
    "banking77/train.csv": "texts with their class",
    "bluebirds/ducks_classes.yaml": "known classes",
    "bluebirds/ducks_map.yaml": "numbers of pictures",
    "bluebirds/truth.csv": "known answers; asserted with the crowd's",
    "clinc150/data_small.json": "texts with their class",
    "cold_zh_offensive/test.csv": "texts with their class",
    "crema_d_votes/tabulatedVotes_slim.csv": "votes counted, nobody named",
    "crosswoz_zh_dialogue/test_200.jsonl": "dialogues with their acts",
    "snow2008/texts_affect.tsv": "texts",
    "snow2008/texts_rte1.tsv": "texts",
    "speech_zh_samples/transcripts.tsv": "one transcript a clip",
    "ukp_convarg1_preference/is-the-school-uniform-a-good-or-bad-idea-_bad.texts.csv": "texts",
    "ukp_convarg1_preference/tv-is-better-than-books_books.texts.csv": "texts",
}
MEDIA = {".jpg", ".png", ".wav", ".xml", ".md"}
PROSE = {"SOURCE.txt", "README_release_2019.txt"}


def test_every_file_with_annotators_has_its_figures_in_a_test() -> None:
    folder = shared("data")
    files = {
        str(path.relative_to(folder))
        for path in folder.rglob("*")
        if path.is_file() and path.suffix not in MEDIA and path.name not in PROSE
    }
    asserted = {crowd.path for crowd in CROWDS.values()} | {
        path.removeprefix("data/") for path in (SPANS, GOLD, OUTLINES)
    }
    assert files - asserted - NOBODY.keys() == set()
    assert asserted <= files
    assert not asserted & NOBODY.keys()
