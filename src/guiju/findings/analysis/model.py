"""An analysis as it is kept, shown and handed out."""

import msgspec


class LabelRow(msgspec.Struct, frozen=True):
    """A label of a field: the items whose answer of record uses it, their share with a 95% interval, and the uses."""

    label: str
    items: int
    uses: int
    share: float
    low: float
    high: float


class Cross(msgspec.Struct, frozen=True):
    """A label's items by something else: `cells[row][column]` counts items of `rows[row]` with `labels[column]`."""

    of: str
    rows: list[str]
    keys: list[str]
    labels: list[str]
    cells: list[list[int]]


class Together(msgspec.Struct, frozen=True):
    """Two labels on the same items, as often as `items`; `expected` if they had nothing to do with each other."""

    one: str
    other: str
    items: int
    expected: float


class Scene(msgspec.Struct, frozen=True):
    """A scene with more than one label: the rules are vague there. `purity` is the share of its commonest label."""

    id: int
    name: str
    items: int
    purity: float
    labels: list[tuple[str, int]]


class Doubt(msgspec.Struct, frozen=True):
    """An item whose label deserves a second look: what it has, what its likes have, and how sure of that."""

    item: int
    name: str
    given: str
    likely: str
    own: float
    best: float


class Contrary(msgspec.Struct, frozen=True):
    """Items that say nearly the same and are labelled differently."""

    items: list[int]
    labels: list[str]


class Doubts(msgspec.Struct, frozen=True):
    """What comparing each labelled item with its likes found: `found` labels in doubt, of which the first are listed.

    `right` is the share of labels that were guessed from the other items alone: where it is low, doubt the guesses.
    """

    field: str
    items: int
    found: int
    right: float
    listed: list[Doubt]


class Wanted(msgspec.Struct, frozen=True):
    """A part of the brief's mix (`of` a scene, a label, or nothing that is known): `items` of `all` are present, of
    all items of a scene, of the answers of record of a label; with the share's 95% interval."""

    name: str
    of: str
    wanted: float
    items: int
    all: int
    low: float
    high: float


class FarScene(msgspec.Struct, frozen=True):
    """A scene (no `id`: what fits nowhere) with unlabelled items unlike all that is labelled: `far` of `unlabelled`.

    `items` are the farthest of them, at most 200; `distance` is that of the middle one.
    """

    id: int | None
    name: str
    unlabelled: int
    far: int
    distance: float
    items: list[int]


class Missing(msgspec.Struct, frozen=True):
    """What nobody has labelled the like of, among texts, pictures or sounds.

    `usual` is the distance within which 95% of the labelled items have another labelled one; `far` of `unlabelled`
    items lie beyond it, `expected` if they were drawn like the labelled ones.
    """

    view: str
    labelled: int
    unlabelled: int
    usual: float
    far: int
    expected: float
    scenes: list[FarScene]


class FieldFigures(msgspec.Struct, frozen=True):
    """What one field's labels say. `balance` is 1 where all labels are equally common, 0 where there is only one."""

    field: str
    items: int
    labels: list[LabelRow]
    balance: float
    crosses: list[Cross]
    scenes: list[Scene]
    wide: list[tuple[str, int, float]]
    doubts: Doubts | None
    contrary: list[Contrary]


class Analysis(msgspec.Struct, frozen=True):
    """The whole: how many items there are, how many have an answer of record, and what that says."""

    items: int
    resolved: int
    fields: list[FieldFigures]
    together: list[Together]
    missing: list[Missing] = []
    wanted: list[Wanted] = []
    # the brief's volume in items
    volume: int | None = None
