"""Which items a trial takes: strata, shares, the draw. Pure: contents in, contents out."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from hashlib import sha256
from math import floor

from guiju.kit import N_, Sentence
from guiju.stats.draw import draw_sample, rank
from guiju.work.drawing.errors import NoMix, NotSure, TooFewToDraw
from guiju.work.drawing.model import Advice, Draw, Guess, Share, Stratum, Waiting, Wish

MOST_ITEMS = 2_000
LEAST_ITEMS = 2
ALL = N_("all items")
NOWHERE = N_("in no scene")
NO_GUESS = N_("nobody has guessed")
NO_LABEL = N_("no label guessed")
UNSURE_KNOWN = N_("not said how sure")
THIRDS = (N_("the shorter third"), N_("the middle third"), N_("the longer third"))
RANGED = (N_("short: up to {high}"), N_("middling: {low} to {high}"), N_("long: over {low}"))
LENGTHS = ("short", "middling", "long")
SURENESS = (N_("doubtful: sureness below {high}"), N_("middling: {low} to {high}"), N_("sure: above {low}"))

Strata = Mapping[str, tuple[Sentence, Sequence[str]]]


def check_size(size: int) -> int:
    """Raises `TooFewToDraw`."""
    if not LEAST_ITEMS <= size <= MOST_ITEMS:
        raise TooFewToDraw(size=size, least=LEAST_ITEMS, most=MOST_ITEMS)
    return size


def in_one(waiting: Sequence[Waiting]) -> Strata:
    return {"all": (Sentence(ALL), [each.hash for each in waiting])}


def by_scene(waiting: Sequence[Waiting], scenes: Mapping[int, Sequence[str]], names: Mapping[int, str]) -> Strata:
    """What stands in a scene, and what stands in none."""
    here = {each.hash for each in waiting}
    found: dict[str, tuple[Sentence, Sequence[str]]] = {}
    for scene, keys in sorted(scenes.items()):
        inside = [key for key in keys if key in here]
        here.difference_update(inside)
        if inside:
            found[f"scene-{scene}"] = (_named(names.get(scene, str(scene))), inside)
    return {**found, "nowhere": (Sentence(NOWHERE), sorted(here))} if here else found


def by_length(waiting: Sequence[Waiting]) -> Strata:
    """Thirds of each medium, told by their bounds where there is one medium alone."""
    media: dict[str, list[Waiting]] = defaultdict(list)
    for each in waiting:
        media[each.media].append(each)
    found: list[list[str]] = [[], [], []]
    low = high = 0.0
    for some in media.values():
        low, high = _cuts([each.length for each in some])
        for each in some:
            found[(each.length > low) + (each.length > high)].append(each.hash)
    names = _ranged(low, high) if len(media) == 1 else [Sentence(each) for each in THIRDS]
    return {key: (name, keys) for key, name, keys in zip(LENGTHS, names, found, strict=True) if keys}


def _ranged(low: float, high: float) -> list[Sentence]:
    small, large = f"{low:,.4g}", f"{high:,.4g}"
    bounds = ({"high": small}, {"low": small, "high": large}, {"low": large})
    return [Sentence(msgid, places) for msgid, places in zip(RANGED, bounds, strict=True)]


def _cuts(values: Sequence[float]) -> tuple[float, float]:
    """Where a third, and two thirds, of the values lie at or below."""
    ordered = sorted(values)
    return ordered[(len(ordered) - 1) // 3], ordered[2 * (len(ordered) - 1) // 3]


def by_label(waiting: Sequence[Waiting], guesses: Mapping[int, Guess]) -> Strata:
    """By the first label that was guessed; an item with several stands where its rarest is, so that none is missed."""
    counts: dict[str, int] = defaultdict(int)
    for each in waiting:
        for label in guesses[each.item_id].labels if each.item_id in guesses else ():
            counts[label] += 1
    found: dict[str, list[str]] = defaultdict(list)
    for each in waiting:
        guess = guesses.get(each.item_id)
        label = min(guess.labels, key=lambda one: (counts[one], one), default=None) if guess else None
        found[f"label-{label}" if label else "none" if guess else "unguessed"].append(each.hash)
    told = {"none": Sentence(NO_LABEL), "unguessed": Sentence(NO_GUESS)}
    return {key: (told.get(key) or _named(key[6:]), keys) for key, keys in sorted(found.items())}


def by_doubt(waiting: Sequence[Waiting], guesses: Mapping[int, Guess]) -> Strata:
    """Thirds by how sure somebody was. Raises `NotSure`."""
    told = {each.item_id: guesses[each.item_id].sure for each in waiting if each.item_id in guesses}
    sure = {item: value for item, value in told.items() if value is not None}
    if not sure:
        raise NotSure
    low, high = _cuts(list(sure.values()))
    found: dict[str, list[str]] = defaultdict(list)
    for each in waiting:
        value = sure.get(each.item_id)
        place = "unknown" if value is None else ("doubtful", "middling", "sure")[(value > low) + (value > high)]
        found[place].append(each.hash)
    low_text, high_text = f"{low:.2f}", f"{high:.2f}"
    names = {
        "doubtful": Sentence(SURENESS[0], {"high": low_text}),
        "middling": Sentence(SURENESS[1], {"low": low_text, "high": high_text}),
        "sure": Sentence(SURENESS[2], {"low": high_text}),
        "unknown": Sentence(UNSURE_KNOWN),
    }
    return {key: (names[key], found[key]) for key in names if key in found}


_NAMED = N_("{name}")


def _named(name: str) -> Sentence:
    return Sentence(_NAMED, {"name": name})


def share_out(waiting: Mapping[str, int], size: int, weights: Mapping[str, float]) -> dict[str, int]:
    """How many of each stratum: by `weights`, never more than wait there; what one lacks the others give.

    Largest remainders; equal ones go to the larger weight, then by key. All of them together are `size`, or all there
    are.
    """
    full: dict[str, int] = {}
    while True:
        exact = _exact(waiting, min(size, sum(waiting.values())) - sum(full.values()), weights, full)
        over = {key: waiting[key] for key, value in exact.items() if value >= waiting[key]}
        if not over:
            break
        full.update(over)
    whole = {key: floor(value) for key, value in exact.items()}
    rest = round(sum(exact.values())) - sum(whole.values())
    for key in sorted(exact, key=lambda key: (whole[key] - exact[key], -weights.get(key, 0.0), key))[:rest]:
        whole[key] += 1
    return {key: full[key] if key in full else whole[key] for key in waiting}


def _exact(
    waiting: Mapping[str, int], left: int, weights: Mapping[str, float], full: Mapping[str, int]
) -> dict[str, float]:
    """`left` shared among the strata that are not full; those without a weight get what the others cannot give."""
    open_ = {key: weights.get(key, 0.0) for key in waiting if key not in full}
    if not any(open_.values()):
        open_ = dict.fromkeys(open_, 1.0)
    total = sum(open_.values())
    return {key: left * weight / total for key, weight in open_.items()}


def weigh(strata: Mapping[str, tuple[Sentence, int]], share: Share, mix: Mapping[str, float]) -> dict[str, float]:
    """The weight of each stratum. Raises `NoMix`."""
    if share is Share.PROPORTIONAL:
        return {key: float(n) for key, (_, n) in strata.items()}
    if share is Share.EQUAL:
        return dict.fromkeys(strata, 1.0)
    found = {key: mix.get(str(name), mix.get(key, 0.0)) for key, (name, _) in strata.items()}
    if not any(found.values()):
        raise NoMix(names=", ".join(str(name) for name, _ in strata.values())[:200])
    return found


def plan_draw(waiting: Sequence[Waiting], strata: Strata, wish: Wish, mix: Mapping[str, float]) -> Draw:
    """The items of each stratum with the lowest ranks under the seed, given out in the order of their ranks.

    The same contents, strata, size and seed draw the same in any house. Raises `NoMix`.
    """
    sizes = {key: (name, len(keys)) for key, (name, keys) in strata.items()}
    counts = {key: n for key, (_, n) in sizes.items()}
    wanted = share_out(counts, wish.size, weigh(sizes, wish.share, mix))
    drawn = tuple(
        Stratum(key, name, len(keys), draw_sample(keys, wanted[key], wish.seed)) for key, (name, keys) in strata.items()
    )
    ids = {each.hash: each.item_id for each in waiting}
    chosen = sorted((key for one in drawn for key in one.drawn), key=lambda key: (rank(wish.seed, key), key))
    return Draw(wish, drawn, tuple(ids[key] for key in chosen), len(waiting), digest_of(waiting))


def digest_of(waiting: Sequence[Waiting]) -> str:
    """What the pool was, in one line: the same contents give the same."""
    return sha256("\n".join(sorted(each.hash for each in waiting)).encode()).hexdigest()


EXACT = N_(
    "With {items} items and {annotators} annotators the 95% interval of observed agreement will be about ± {half}: "
    "{low} to {high}, if they agree on {agreement}."
)
TELL_ENOUGH = N_("To tell {gate} from {below} with 80% power you need {to_tell} items: these are enough.")
TELL_LACKING = N_("To tell {gate} from {below} with 80% power you need {to_tell} items, {lacking} more than these.")
HALVE = N_("An interval half as wide takes {to_halve} items.")


def advice_in_words(found: Advice) -> tuple[Sentence, ...]:
    """What a trial of this size can say, what it cannot, and what more would bring."""
    places = {
        "items": found.items,
        "annotators": found.annotators,
        "half": f"{found.half_width:.2f}",
        "low": f"{found.low:.2f}",
        "high": f"{found.high:.2f}",
        "agreement": f"{found.agreement:.2f}",
    }
    lacking = found.to_tell - found.items
    told = {"gate": f"{found.gate:.2f}", "below": f"{found.below:.2f}", "to_tell": found.to_tell}
    power = Sentence(TELL_LACKING, {**told, "lacking": lacking}) if lacking > 0 else Sentence(TELL_ENOUGH, told)
    return (Sentence(EXACT, places), power, Sentence(HALVE, {"to_halve": found.to_halve}))
