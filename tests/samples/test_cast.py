"""The cast: everybody a journey needs, and annotators who differ as their names promise."""

from guiju.samples.cast import CAST, annotators, person
from guiju.samples.messages import INTENTS
from guiju.samples.steel import LABELS


def test_every_role_is_held_by_somebody_and_keys_are_not_shared() -> None:
    roles = {role for one in CAST for role in one.roles}
    assert roles == {"requester", "trainer", "expert", "annotator", "inspector", "manager", "engineer"}
    assert len({one.email for one in CAST}) == len(CAST) == 12
    assert [one.key for one in CAST if one.is_admin] == ["admin"]


def test_the_stranger_has_an_account_and_no_role() -> None:
    assert person("lujia").roles == ()
    assert not person("lujia").is_admin


def test_only_annotators_have_a_skill() -> None:
    assert [one.key for one in annotators()] == ["xuxi", "madahu", "xiaoxin"]
    assert all(one.roles == ("annotator",) for one in annotators())


def test_the_careful_err_least_and_the_careless_are_the_fastest() -> None:
    careful, careless, new = (one.skill for one in annotators())
    assert careful
    assert careless
    assert new
    for label in (*LABELS, *INTENTS):
        if careful.mistakes(label):
            assert sum(careful.mistakes(label).values()) < sum(new.mistakes(label).values())
    assert careful.jitter_px < new.jitter_px < careless.jitter_px
    assert careless.seconds_box < careful.seconds_box < new.seconds_box


def test_boundary_items_tempt_more_and_mistakes_stay_probabilities() -> None:
    for one in annotators():
        assert one.skill
        for label in (*LABELS, *INTENTS):
            plain, hard = (sum(one.skill.mistakes(label, boundary).values()) for boundary in (False, True))
            assert plain <= hard <= 1
            assert set(one.skill.mistakes(label)) <= {*LABELS, *INTENTS} - {label}
