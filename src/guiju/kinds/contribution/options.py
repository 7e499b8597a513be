"""What a field for contributions can be told: what is wanted, how good it must be, and what people agree to."""

import hashlib

import msgspec

from guiju.kinds.contribution.shape import Mode
from guiju.kinds.model import FieldShape, Options, Problem
from guiju.kinds.problems import problem
from guiju.kit import N_

MOST_GIVEN = 20
MOST_SECONDS = 600.0
MOST_CHARACTERS = 20_000
LONGEST_CONSENT = 20_000


class Consent(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What people agree to before they give anything, in one language or both; a new text is agreed to anew."""

    version: str = ""
    zh: str = ""
    en: str = ""

    @property
    def hash(self) -> str:
        """SHA-256 of version and texts: whoever agreed to other words did not agree to these."""
        return hashlib.sha256(f"{self.version}\x1f{self.zh}\x1f{self.en}".encode()).hexdigest()


class ContributionOptions(Options, frozen=True):
    """`least` and `most` count what one answer has.

    Of a sound: seconds, its level in dBFS, clipping and silence in percent, its noise floor in dBFS (0: any), hertz. Of
    a picture: its shorter side in pixels, sharpness (variance of second differences), mean brightness 0 to 255, and
    whether its metadata (place, device, time) may stay. Of a text: characters, and its languages (none: any).
    `max_alike` is how like, in percent, it may be to what was given before; 100 is any likeness but the same bytes.
    """

    mode: Mode = "sound"
    least: int = 1
    most: int = 1
    min_seconds: float = 0.5
    max_seconds: float = 30.0
    min_level: float = -40.0
    max_clipping: float = 1.0
    max_silence: float = 80.0
    max_noise: float = 0.0
    min_rate: int = 16_000
    min_side: int = 400
    min_sharpness: float = 20.0
    min_brightness: float = 25.0
    max_brightness: float = 235.0
    keep_metadata: bool = False
    min_characters: int = 1
    max_characters: int = 2_000
    languages: tuple[str, ...] = ()
    max_alike: float = 95.0
    consent: Consent = Consent()


no_consent = problem(
    "contribution-no-consent",
    N_("Field “{field}” asks people to give something and does not say what they agree to."),
    N_("Write options: consent: {{version: '1', zh: …, en: …}}, with what becomes of it and how it can be taken back."),
)
long_consent = problem(
    "contribution-consent-long",
    N_("The consent of field “{field}” has {count} characters; nobody reads more than {limit}."),
    N_("Shorten it to what people must know."),
)
unsound = problem(
    "contribution-limits-unsound",
    N_("Field “{field}”: nothing can lie between {low} and {high} for “{what}”."),
    N_("Let the lower limit be below the upper one, and both within what can be recorded."),
)


def faults(field: FieldShape) -> list[Problem]:
    """What is wrong with a field's limits and its consent."""
    told = field.option(ContributionOptions)
    ranges = (
        ("least … most", told.least, told.most, 0, MOST_GIVEN),
        ("min_seconds … max_seconds", told.min_seconds, told.max_seconds, 0, MOST_SECONDS),
        ("min_brightness … max_brightness", told.min_brightness, told.max_brightness, 0, 255),
        ("min_characters … max_characters", told.min_characters, told.max_characters, 0, MOST_CHARACTERS),
    )
    found = [
        unsound(field=field.id, what=what, low=low, high=high)
        for what, low, high, least, most in ranges
        if not (least <= low <= high <= most and high > 0)
    ]
    length = len(told.consent.zh) + len(told.consent.en)
    if not told.consent.version.strip() or not (told.consent.zh.strip() or told.consent.en.strip()):
        found.append(no_consent(field=field.id))
    elif length > LONGEST_CONSENT or len(told.consent.version) > 40:
        found.append(long_consent(field=field.id, count=length, limit=LONGEST_CONSENT))
    return found
