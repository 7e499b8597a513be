"""Why a file of one of these formats is refused, or a part of it."""

from guiju.data.intake.errors import ImportRefused, RecordRefused
from guiju.kit import N_


class TarUnreadable(ImportRefused):
    code = "tar-unreadable"
    sentence = N_("The archive “{name}” cannot be read to its end: it is damaged, cut off or not a tar.")
    next_step = N_("Make it again, as tar, tar.gz or zip, and import it.")


class ArchiveBomb(ImportRefused):
    code = "archive-bomb"
    sentence = N_("The archive “{name}” unpacks to more than {ratio} times its size, as a harmful one does.")
    next_step = N_("Import the files themselves, outside of an archive.")


class EntrySpecial(RecordRefused):
    code = "entry-special"
    sentence = N_("This is no file of data: a device, a pipe or a file with holes.")
    next_step = N_("Make the archive again with plain files alone.")


class EntryNested(RecordRefused):
    code = "entry-nested"
    sentence = N_("This is an archive within the archive.")
    next_step = N_("Unpack it, and import what is in it or make one archive of everything.")


class JsonUnreadable(ImportRefused):
    code = "json-unreadable"
    sentence = N_("“{name}” is not JSON, or breaks off.")
    next_step = N_("Write it again from where it came; one object a line (.jsonl) survives a broken line.")


class JsonTooLarge(ImportRefused):
    code = "json-too-large"
    sentence = N_("“{name}” is one JSON document of more than {limit} bytes.")
    next_step = N_("Write it as JSON Lines, one object a line (.jsonl): that may be of any size.")


class RecordsNotFound(ImportRefused):
    code = "records-not-found"
    sentence = N_("There is no list of records at “{place}” in “{name}”.")
    next_step = N_("Say where the list is, with dots between the names: data.rows.")


class ParquetUnreadable(ImportRefused):
    code = "parquet-unreadable"
    sentence = N_("“{name}” cannot be read as Parquet: it is damaged or cut off.")
    next_step = N_("Copy it again from where it came.")


class WordUnreadable(ImportRefused):
    code = "word-unreadable"
    sentence = N_("“{name}” cannot be read as a Word document: damaged, protected, or unpacking to far too much.")
    next_step = N_("Open it in Word, save it as .docx without a password and import that.")


class MarkupNotRead(ImportRefused):
    code = "markup-not-read"
    sentence = N_("“{name}” is XML or a web page, which is not taken as it stands.")
    next_step = N_("Bring its records as CSV, JSON Lines or TXT.")
