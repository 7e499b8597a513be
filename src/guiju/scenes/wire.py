"""What the routes of scenes take and answer."""

from typing import Any

import msgspec

from guiju.scenes.model import Tie, View


class SceneAnswer(msgspec.Struct, frozen=True):
    """`items` and `unsure` count what stands in the scene and below it; `depth` is 0 at the top."""

    id: int
    parent: int | None
    depth: int
    state: str
    name: str
    definition: str
    keywords: list[str]
    seeds: list[str]
    hue: int
    items: int
    unsure: int
    share: float


class ScenesAnswer(msgspec.Struct, frozen=True):
    """`nowhere` items fit in no scene, `unplaced` have no place yet. `revision` rises with every act."""

    view: str
    backend: str | None
    made_at: str | None
    revision: int
    total: int
    nowhere: int
    unplaced: int
    job: int | None
    scenes: list[SceneAnswer]


class PlacedAnswer(msgspec.Struct, frozen=True):
    """`far` is 1 − cosine to the scene's centre; `how` is `placed` or `moved` (by a person)."""

    item: int
    name: str
    text: str
    scene: int | None
    how: str
    sure: bool
    far: float
    x: int
    y: int


class PlacedItems(msgspec.Struct, frozen=True):
    items: list[PlacedAnswer]


class ActAnswer(msgspec.Struct, frozen=True):
    id: int
    act: str
    scene: int | None
    by: int | None
    at: str
    details: dict[str, Any]


class ActsAnswer(msgspec.Struct, frozen=True):
    acts: list[ActAnswer]


class TieAnswer(msgspec.Struct, frozen=True):
    id: int
    one: int
    other: int
    tie: str


class TiesAnswer(msgspec.Struct, frozen=True):
    ties: list[TieAnswer]


class JobAsked(msgspec.Struct, frozen=True):
    job: int


class SceneDone(msgspec.Struct, frozen=True):
    scene: int


class ScenesDone(msgspec.Struct, frozen=True):
    scenes: list[int]


class TieDone(msgspec.Struct, frozen=True):
    tie: int


class MakeRequest(msgspec.Struct, frozen=True):
    """`count` is about how many scenes there shall be, 0 for as many as the items suggest.

    `send_to` names the host that may be sent what the items say, where `backend` asks a service outside the house.
    """

    id: str = ""
    view: View = View.TEXT
    backend: str = ""
    count: int = 0
    send_to: str = ""


class PlaceRequest(msgspec.Struct, frozen=True):
    id: str = ""
    view: View = View.TEXT
    send_to: str = ""


class DissolveRequest(msgspec.Struct, frozen=True):
    id: str = ""
    view: View = View.TEXT


class Way(msgspec.Struct, frozen=True):
    """A way to compare; `leaves` says that what the items say is sent to a service outside the house."""

    name: str
    says: str
    leaves: bool


class WaysAnswer(msgspec.Struct, frozen=True):
    ways: list[Way]


class LeavingAnswer(msgspec.Struct, frozen=True):
    """`texts` would be sent to `host`, `known` were answered before, `aside` are set aside and stay in the house.

    Of `looked_at` texts `masked` hold personal data, which is masked; `examples` are texts as they would be sent.
    """

    host: str
    model: str
    texts: int
    known: int
    aside: int
    looked_at: int
    masked: int
    examples: list[str]


class NewScene(msgspec.Struct, frozen=True):
    """A scene of items, or one that begins at the next finding with the texts in which its seed words stand."""

    id: str = ""
    view: View = View.TEXT
    name: str = ""
    definition: str = ""
    seeds: list[str] = []
    items: list[int] = []
    parent: int | None = None


class Description(msgspec.Struct, frozen=True):
    """What is left out stays as it is."""

    id: str = ""
    view: View = View.TEXT
    name: str | None = None
    definition: str | None = None
    seeds: list[str] | None = None


class MergeRequest(msgspec.Struct, frozen=True):
    id: str = ""
    view: View = View.TEXT
    others: list[int] = []


class SplitRequest(msgspec.Struct, frozen=True):
    id: str = ""
    view: View = View.TEXT
    parts: int = 2


class MoveRequest(msgspec.Struct, frozen=True):
    id: str = ""
    view: View = View.TEXT
    items: list[int] = []


class BelowRequest(msgspec.Struct, frozen=True):
    """`parent` of nothing is the top of the tree."""

    id: str = ""
    view: View = View.TEXT
    parent: int | None = None


class TieRequest(msgspec.Struct, frozen=True):
    id: str = ""
    one: int = 0
    other: int = 0
    tie: Tie = Tie.TOGETHER
