"""What is refused when people give something."""

from guiju.collecting.model import MODE_NAMES
from guiju.kit import N_, NotFound, Refusal, Words


class _OfMode:
    """What a refusal that names a mode adds: a mode has a word in every language."""

    details: dict[str, object]

    def spoken(self, words: Words) -> dict[str, object]:
        return {**self.details, "mode": words(MODE_NAMES.get(str(self.details.get("mode")), ""))}


class ContributionNotFound(NotFound):
    code = "contribution-not-found"
    sentence = N_("There is no such contribution, or it is not yours to see.")
    next_step = N_("Reload the item and give it again.")


class ContributionGone(Refusal):
    code = "contribution-gone"
    status = 410
    sentence = N_("This contribution was taken back, or waited too long for its answer.")
    next_step = N_("Take it away from the answer, and give it again if you want to.")


class ConsentNeeded(Refusal):
    code = "consent-needed"
    status = 409
    sentence = N_("You have not agreed to version {version} of the consent.")
    next_step = N_("Read it and agree, then give your contribution; or leave this task.")


class ConsentChanged(Refusal):
    code = "consent-changed"
    status = 409
    sentence = N_("The consent is not the one that you were shown.")
    next_step = N_("Reload the page and read it again.")


class ConsentNotFound(NotFound):
    code = "consent-not-found"
    sentence = N_("There is no such consent, or it is not yours.")
    next_step = N_("Open the list of what you agreed to.")


class NotAContributionField(Refusal):
    code = "not-a-contribution-field"
    status = 422
    sentence = N_("The rulebook asks for no contribution in “{field}”.")
    next_step = N_("Reload the item: the rulebook may have a newer version.")


class ContributionEmpty(Refusal):
    code = "contribution-empty"
    status = 422
    sentence = N_("Nothing came: the file is empty.")
    next_step = N_("Record, choose or write it again.")


class ContributionTooLarge(_OfMode, Refusal):
    code = "contribution-too-large"
    status = 413
    sentence = N_("It is larger than {limit} MB, which is the most for a {mode}.")
    next_step = N_("Give a shorter recording or a smaller picture.")


class WrongContent(_OfMode, Refusal):
    code = "contribution-wrong-content"
    status = 422
    sentence = N_("This is no {mode}, whatever its name says.")
    next_step = N_("Sounds are taken as WAV, FLAC, OGG or MP3, pictures as JPEG, PNG, WebP or HEIC, texts as UTF-8.")


class SoundRunsOn(Refusal):
    code = "contribution-sound-runs-on"
    status = 422
    sentence = N_("The sound is longer than {limit} s, however small its file is.")
    next_step = N_("Record it again, and stop when you have read the prompt.")


class PictureBomb(Refusal):
    code = "contribution-picture-bomb"
    status = 422
    sentence = N_("The picture would have {width} × {height} pixels, more than {limit} million.")
    next_step = N_("Give a photograph as the camera took it.")


class SameBytes(Refusal):
    code = "contribution-given-before"
    status = 409
    sentence = N_("Exactly this was given before.")
    next_step = N_("Give something of your own, new for this prompt.")


class UploadElsewhere(Refusal):
    code = "contribution-id-used"
    status = 409
    sentence = N_("This upload's id belongs to another contribution.")
    next_step = N_("Make a new id for every contribution.")


class NoPrompts(Refusal):
    code = "no-prompts"
    status = 422
    sentence = N_("There is no prompt: every line is empty.")
    next_step = N_("Write one prompt a line.")
