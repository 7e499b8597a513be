"""An example is added to a rulebook's document: text in, text out, and not a byte of what people wrote changes."""

from collections.abc import Mapping

from guiju.rulebooks.writing import entries_of, insert_entry


def with_example(document: str, example: Mapping[str, object]) -> str:
    """The document with the example at the end of its examples, under the next free id `E1`, `E2`, ….

    An example of the same item or text is there already: the document comes back as it is. Raises `DraftNotReadable`.
    """
    known = entries_of(document, "examples")
    if any(each.get(key) == example[key] for each in known for key in ("item", "text") if key in example):
        return document
    return insert_entry(document, "examples", {"id": free_id(document), **example}).apply(document)


def free_id(document: str) -> str:
    """The next free id of an example. Raises `DraftNotReadable`."""
    taken = {str(each.get("id")) for each in entries_of(document, "examples")}
    return next(name for n in range(1, len(taken) + 2) if (name := f"E{n}") not in taken)
