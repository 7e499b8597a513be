"""The service messages: distinct, reproducible, and labelled within the rulebook's intents."""

from collections import Counter

from guiju.samples.messages import INTENTS, handwritten, messages


def test_enough_messages_are_written_by_hand_and_none_twice() -> None:
    chinese, english = handwritten("zh"), handwritten("en")
    assert len(chinese) >= 160
    assert len(english) >= 60
    assert len({one.text for one in (*chinese, *english)}) == len(chinese) + len(english)


def test_every_intent_has_plain_messages_in_both_languages() -> None:
    for language, least in (("zh", 18), ("en", 5)):
        plain = Counter(one.intent for one in handwritten(language) if not one.boundary)
        assert set(plain) == set(INTENTS)
        assert min(plain.values()) >= least


def test_thousands_of_messages_are_all_distinct() -> None:
    assert len({one.text for one in messages(6000, seed=3)}) == 6000


def test_the_same_seed_gives_the_same_messages_and_another_seed_does_not() -> None:
    assert messages(400, seed=5) == messages(400, seed=5)
    assert messages(400, seed=5) != messages(400, seed=6)


def test_few_messages_are_a_beginning_of_many() -> None:
    assert messages(300, seed=1)[:40] == messages(40, seed=1)


def test_a_boundary_message_names_a_second_intent_and_a_plain_one_does_not() -> None:
    for one in messages(2000, seed=2):
        assert one.boundary == (one.second is not None)
        assert one.intent in INTENTS
        assert one.second in (None, *INTENTS)
        assert one.second != one.intent


def test_refund_and_complaint_meet_in_both_orders() -> None:
    pairs = {(one.intent, one.second) for one in handwritten("zh")}
    assert {("refund", "complaint"), ("complaint", "refund"), ("exchange", "refund"), ("refund", "exchange")} <= pairs


def test_no_slot_is_left_open_and_no_space_hangs_over() -> None:
    for one in messages(3000, seed=4):
        assert "{" not in one.text
        assert one.text == one.text.strip()
