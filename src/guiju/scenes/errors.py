"""What is refused about scenes."""

from guiju.kit import N_, NotFound, Refusal, Words


class NoMap(NotFound):
    code = "no-map"
    sentence = N_("This project has no scenes for {media} yet.")
    next_step = N_("Open the project's scenes and let them be found.")

    def spoken(self, words: Words) -> dict[str, object]:
        return {**self.details, "media": words(str(self.details["media"]))}


class SceneNotFound(NotFound):
    code = "scene-not-found"
    sentence = N_("There is no scene {scene} in this project, or it was merged or dissolved.")
    next_step = N_("Reload the project's scenes and choose another.")


class NothingToCompare(Refusal):
    code = "nothing-to-sort"
    status = 409
    sentence = N_("There is no item of this kind that could be compared.")
    next_step = N_("Import data first, or bring back what was set aside.")


class ScenesAreBeingMade(Refusal):
    code = "scenes-being-made"
    status = 409
    sentence = N_("Scenes of this project are being found already.")
    next_step = N_("Wait until that has ended, or cancel it.")


class ScenesChanged(Refusal):
    """People kept working on the tree while a new map was computed, three times over."""

    code = "scenes-changed"
    status = 409
    sentence = N_("People changed the scenes again and again while new ones were computed.")
    next_step = N_("Nothing was replaced. Start it again when nobody is working on the scenes.")


class SceneNameMissing(Refusal):
    code = "scene-name-missing"
    status = 422
    sentence = N_("A scene needs a name of 1 to 120 characters.")
    next_step = N_("Write a name and send it again.")


class SceneNameTaken(Refusal):
    code = "scene-name-taken"
    status = 409
    sentence = N_("Another scene is called “{name}” already.")
    next_step = N_("Choose another name, or merge the two.")


class NoItemsGiven(Refusal):
    code = "no-items-given"
    status = 422
    sentence = N_("None of the items told is on this map.")
    next_step = N_("Select items on the map or in the list, at most {most} at once.")


class CannotMerge(Refusal):
    code = "cannot-merge"
    status = 422
    sentence = N_("A scene cannot be merged into itself or into one that stands below it.")
    next_step = N_("Choose at least one other scene.")


class CannotSplit(Refusal):
    code = "cannot-split"
    status = 422
    sentence = N_("“{scene}” cannot be split: its {count} items are too few or all alike.")
    next_step = N_("Select items on the map and make a scene of them instead.")


class CannotMove(Refusal):
    """A scene under itself."""

    code = "cannot-move-scene"
    status = 422
    sentence = N_("A scene cannot stand below itself.")
    next_step = N_("Choose another parent.")


class ContradictingTies(Refusal):
    code = "contradicting-ties"
    status = 409
    sentence = N_("This contradicts what was said before: the two items {said}, by themselves or through others.")
    next_step = N_("Take the earlier statement back first.")

    def spoken(self, words: Words) -> dict[str, object]:
        return {**self.details, "said": words(str(self.details["said"]))}


class TieNotFound(NotFound):
    code = "tie-not-found"
    sentence = N_("Nobody said that of these items, or it was taken back.")
    next_step = N_("Reload the page.")


class TieNeedsTwo(Refusal):
    code = "tie-needs-two"
    status = 422
    sentence = N_("What belongs together is said of two different items of this project.")
    next_step = N_("Select two items.")


class LeavesTheHouse(Refusal):
    """Nothing is sent to anybody before a person has seen what, and to whom."""

    code = "leaves-the-house"
    status = 409
    sentence = N_("Compared in this way, what the items say is sent to {host}.")
    next_step = N_("Look at what would be sent (docs/embedders.md), then ask again and name {host} as where it may go.")


class WouldLeaveTheHouse(Refusal):
    code = "would-leave-the-house"
    status = 409
    sentence = N_("These scenes were found by a service outside the house, and a text is not sent to it by a search.")
    next_step = N_("Search by the number of an item, which has been compared already.")
