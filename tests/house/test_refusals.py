"""Every refusal has a name of its own, and tells a person what happened and what to do next."""

from collections import Counter

import pytest

from guiju.kit import Refusal
from tests.house.tree import all_subclasses, modules


def _refusals() -> list[type[Refusal]]:
    modules()  # a refusal is known when its module is
    found = {kind for kind in all_subclasses(Refusal) if kind.__module__.startswith("guiju.")}
    return sorted(found, key=lambda kind: (kind.__module__, kind.__name__))


def test_every_code_is_used_once() -> None:
    counts = Counter(kind.code for kind in [Refusal, *_refusals()])
    assert not [code for code, count in counts.items() if count > 1]


@pytest.mark.parametrize("kind", _refusals(), ids=lambda kind: kind.__name__)
def test_a_refusal_says_what_happened_and_what_to_do(kind: type[Refusal]) -> None:
    assert {"code", "sentence"} <= kind.__dict__.keys(), "a code and a sentence of its own"
    assert kind.code == kind.code.lower().replace("_", "-").strip()
    assert 400 <= kind.status < 600
    assert kind.sentence.endswith((".", "!", "?"))
    assert kind.next_step.endswith((".", "!", "?"))
    assert kind.next_step != Refusal.next_step, "the next step is for this refusal"
