"""Every word that the editor shows, by the name under which its script asks for it."""

from guiju.kit import N_, Words

_SAID = {
    "document": N_("The rulebook's document"),
    "fields": N_("Fields"),
    "labels": N_("Labels"),
    "checks": N_("Checks"),
    "examples": N_("Examples"),
    "clauses": N_("Clauses"),
    "error": N_("error"),
    "warning": N_("warning"),
    "line": N_("line {n}"),
    "no-problems": N_("None."),
    "count": N_("{errors} errors, {warnings} warnings"),
    "state-saved": N_("Saved"),
    "state-changed": N_("Not saved yet; kept in this browser"),
    "state-saving": N_("Saving …"),
    "state-unreachable": N_("The server does not answer. Your text is kept in this browser and sent again."),
    "state-refused": N_("Not saved; your text is kept in this browser."),
    "restored": N_("This is your text of {when}, which was not saved yet."),
    "restored-back": N_("Go back to the saved draft"),
    "others-saved": N_("Somebody else saved the draft meanwhile."),
    "bring-in": N_("Bring their changes in"),
    "both": N_("Both of you changed {place}."),
    "keep-mine": N_("Keep mine"),
    "keep-removed": N_("Leave it out"),
    "take-theirs": N_("Take theirs"),
    "take-removal": N_("Take it out, as they did"),
    "decide": N_("{n} passages were changed by both: choose for each which text stands, then save."),
    "close": N_("Close"),
    "cancel": N_("Cancel"),
    "none": N_("none"),
    "tray": N_("Items as examples"),
    "tray-how": N_("Drag an item onto the clause that it shows, in the text or in the reading; or press its button."),
    "tray-from": N_("Which items"),
    "tray-search": N_("words of the text, or of the item's name"),
    "tray-more": N_("More items"),
    "tray-looking": N_("Looking …"),
    "tray-nothing": N_("No item is like that"),
    "tray-unread": N_("The words of {count} items are still being read; it looks again by itself."),
    "tray-take": N_("Take as example"),
    "tray-take-one": N_("Take “{name}” as example"),
    "tray-used": N_("an example already"),
    "example-of": N_("An example of “{name}”"),
    "example-what": N_("What does it show?"),
    "positive": N_("Positive example"),
    "negative": N_("Negative example"),
    "boundary": N_("Boundary example"),
    "positive-is": N_("this is one"),
    "negative-is": N_("nearly one, and is not"),
    "boundary-is": N_("hard, and the clause settles it"),
    "example-label": N_("Label"),
    "example-clause": N_("Clause"),
    "example-zh": N_("Note in Chinese"),
    "example-en": N_("Note in English"),
    "example-put": N_("Put it into the rulebook"),
    "example-there": N_("Example {id} is in the text; save the draft to keep it."),
    "typed-meanwhile": N_("The text changed meanwhile; drop the item once more."),
}

# What the editor's own library says, by its English words.
_PHRASES = {
    "Find": N_("Find"),
    "Replace": N_("Replace with"),
    "next": N_("next"),
    "previous": N_("previous"),
    "all": N_("all"),
    "match case": N_("match case"),
    "regexp": N_("regular expression"),
    "by word": N_("whole words"),
    "replace": N_("replace"),
    "replace all": N_("replace all"),
    "close": N_("Close"),
    "Completions": N_("Completions"),
    "No diagnostics": N_("No problems"),
    "Diagnostics": N_("Problems"),
}


def editor_words(words: Words) -> dict[str, dict[str, str]]:
    """`words` and `phrases` of the editor's page, in the reader's language; places are left for the script to fill."""
    left = {name: "{" + name + "}" for name in ("n", "errors", "warnings", "when", "place", "name", "id")}
    said = {key: words(msgid, **left) for key, msgid in _SAID.items()}
    return {"words": said, "phrases": {key: words(msgid) for key, msgid in _PHRASES.items()}}
