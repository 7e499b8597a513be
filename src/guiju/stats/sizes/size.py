"""What every question for a size is answered with."""

from dataclasses import dataclass

from guiju.kit import Sentence


@dataclass(frozen=True, slots=True)
class Size:
    """Take `n` items; `reached` is what they really give: a probability, half a width, a power (the function says)."""

    n: int
    reached: float
    meaning: tuple[Sentence, ...]

    def to_dict(self) -> dict[str, object]:
        return {"n": self.n, "reached": self.reached}
