"""Why an import, or one record of it, is refused. A record's refusal is kept in the source's list of leftovers."""

from guiju.kit import N_, Refusal


class ImportRefused(Refusal):
    """The whole import is refused before it starts; nothing is kept."""

    code = "import-refused"
    status = 422
    sentence = N_("This cannot be imported.")
    next_step = N_("Choose another file.")


class NothingToImport(ImportRefused):
    code = "nothing-to-import"
    sentence = N_("There is no record in “{name}”.")
    next_step = N_("Choose a file with at least one text, picture or sound.")


class PathNotFound(ImportRefused):
    code = "path-not-found"
    sentence = N_("There is no file or folder “{name}”.")
    next_step = N_("Check the path and give the command again.")


class ImportFileGone(ImportRefused):
    code = "import-file-gone"
    status = 410
    sentence = N_("“{name}” was removed before it was imported to its end.")
    next_step = N_("Nothing of it was kept. Import it again.")


class UnknownFileType(ImportRefused):
    code = "unknown-file-type"
    sentence = N_("“{name}” is none of the types that can be imported.")
    next_step = N_("Bring pictures or sounds (a folder or zip), Excel, CSV, TSV, JSONL or TXT.")


class ColumnMissing(ImportRefused):
    code = "column-missing"
    sentence = N_("“{name}” has no column “{column}”. Its columns are: {found}.")
    next_step = N_("Name one of these columns, or correct the file's first row.")


class TextColumnUnclear(ImportRefused):
    code = "text-column-unclear"
    sentence = N_("It is not clear which column of “{name}” holds the text. Its columns are: {found}.")
    next_step = N_("Name the text column and import again.")


class DialogueColumnsUnclear(ImportRefused):
    code = "dialogue-columns-unclear"
    sentence = N_(
        "Dialogues need three columns of “{name}”: which dialogue, who speaks, what is said. It has: {found}."
    )
    next_step = N_("Name these columns and import again.")


class AnswerColumnsUnclear(ImportRefused):
    code = "answer-columns-unclear"
    sentence = N_("A comparison needs two columns of answers at least. “{name}” has: {found}.")
    next_step = N_("Name the columns of the answers and import again.")


class TooManyColumns(ImportRefused):
    code = "too-many-columns"
    sentence = N_("“{name}” has {columns} columns; at most {limit} are read.")
    next_step = N_("Check the separator, or leave out the columns that nobody needs.")


class SheetMissing(ImportRefused):
    code = "sheet-missing"
    sentence = N_("“{name}” has no sheet “{sheet}”. Its sheets are: {found}.")
    next_step = N_("Name one of these sheets.")


class EncodingWrong(ImportRefused):
    code = "encoding-wrong"
    sentence = N_("“{encoding}” is no encoding that is known here.")
    next_step = N_("Say utf-8, gb18030, big5, utf-16 or shift_jis, or leave it out to have it found.")


class ArchiveUnreadable(ImportRefused):
    code = "archive-unreadable"
    sentence = N_("The archive “{name}” cannot be opened: it is damaged or not a zip.")
    next_step = N_("Make the zip again and import it.")


class WorkbookUnreadable(ImportRefused):
    code = "workbook-unreadable"
    sentence = N_("The workbook “{name}” cannot be opened: it is damaged, protected by a password or not Excel.")
    next_step = N_("Open it in a spreadsheet program, save it as .xlsx without a password and import that.")


class EncodingUnknown(ImportRefused):
    code = "encoding-unknown"
    sentence = N_("It could not be found out in which encoding “{name}” is written.")
    next_step = N_("Save it as UTF-8 and import it again.")


class EmptyFile(ImportRefused):
    code = "empty-file"
    sentence = N_("“{name}” is empty: 0 bytes.")
    next_step = N_("Copy it again from where it came.")


class MediaExtraMissing(ImportRefused):
    """The libraries that read sounds come with an extra of the package."""

    code = "media-extra-missing"
    status = 501
    sentence = N_("“{name}” holds sound, and what reads sound is not installed here.")
    next_step = N_("Ask the administrator to install Guiju with its extra “media”: pip install 'guiju[media]'.")


class RecordRefused(Refusal):
    """One record is refused; the others go on."""

    code = "record-refused"
    status = 422
    sentence = N_("This record was not taken.")
    next_step = N_("Correct it and import it again.")


class DuplicateRecord(RecordRefused):
    """Not an error: the same content is here already, once."""

    code = "duplicate"
    sentence = N_("The same content is already here as “{of}”.")
    next_step = N_("Nothing needs to be done.")


class RecordReturned(RecordRefused):
    """Counted as a duplicate: nothing new came."""

    code = "returned"
    sentence = N_("This record is again what it was before, as “{of}”: that item is given out again.")
    next_step = N_("Nothing needs to be done; what had taken its place is set aside.")


class DuplicateInImport(RecordRefused):
    """The other import is not over: should it be cancelled, this record is not here."""

    code = "duplicate-in-import"
    sentence = N_("The same content is being imported just now as “{of}”.")
    next_step = N_("Should that import be cancelled, import this one again.")


class ChangedSince(RecordRefused):
    """It came before under the same name; the import was told to keep what was there."""

    code = "changed-since"
    sentence = N_("“{of}” came before with other content ({old} then, {new} now); what came before was kept.")
    next_step = N_("If the new content is the right one, import again and have it take the old one's place.")


class NotAnImage(RecordRefused):
    code = "not-an-image"
    sentence = N_("“{name}” stands among pictures or sounds and is neither.")
    next_step = N_("Nothing needs to be done, or import it by itself.")


class EmptyPicture(RecordRefused):
    """A file of 0 bytes among others."""

    code = "empty-picture"
    sentence = N_("This file is empty: 0 bytes.")
    next_step = N_("Copy this file again from where it came.")


class ImageUnreadable(RecordRefused):
    code = "image-unreadable"
    sentence = N_("This picture cannot be read: its content is not what its name says, or damaged.")
    next_step = N_("Open it in a picture program, save it as JPEG or PNG and import that.")


class ImageTruncated(RecordRefused):
    code = "image-truncated"
    sentence = N_("This picture is cut off: its end is missing.")
    next_step = N_("Copy it again from where it came.")


class ImageTooLarge(RecordRefused):
    code = "image-too-large"
    sentence = N_("This picture has {width} × {height} pixels; at most 400 million and 65,500 a side are taken.")
    next_step = N_("Scale it down or cut it into tiles.")


class EmptySound(RecordRefused):
    """A file of 0 bytes among others."""

    code = "empty-sound-file"
    sentence = N_("This file is empty: 0 bytes.")
    next_step = N_("Copy this file again from where it came.")


class NotASound(RecordRefused):
    code = "not-a-sound"
    sentence = N_("This file is named like a sound and is none: neither WAV nor FLAC, OGG or MP3.")
    next_step = N_("Save it as WAV or FLAC in a sound program and import that.")


class HeicExtraMissing(RecordRefused):
    """What iPhones write; its decoder is no part of Pillow."""

    code = "heic-not-read"
    sentence = N_("This picture is HEIC, and what reads HEIC is not installed here.")
    next_step = N_("Save it as JPEG, or ask the administrator to install the package “pi-heif”.")


class SoundUnreadable(RecordRefused):
    code = "sound-unreadable"
    sentence = N_("This sound cannot be decoded: it is damaged or coded in a way that is not known here.")
    next_step = N_("Open it in a sound program, save it as WAV or FLAC and import that.")


class SoundTruncated(RecordRefused):
    code = "sound-truncated"
    sentence = N_("This sound is cut off or damaged: its end is missing.")
    next_step = N_("Copy it again from where it came.")


class SoundEmpty(RecordRefused):
    code = "sound-empty"
    sentence = N_("This sound has a length of zero: nothing was recorded.")
    next_step = N_("Leave it out, or record it again.")


class SoundTooLong(RecordRefused):
    code = "sound-too-long"
    sentence = N_("This sound is longer than {limit} hours.")
    next_step = N_("Cut it into parts and import those.")


class TooManyChannels(RecordRefused):
    code = "too-many-channels"
    sentence = N_("This sound has {channels} channels; at most {limit} are taken.")
    next_step = N_("Mix it down, or save each group of channels as a file of its own.")


class SoundRate(RecordRefused):
    code = "sound-rate"
    sentence = N_("This sound has {rate} samples a second; {least} to {most} are taken.")
    next_step = N_("Resample it in a sound program and import that.")


class FileTooLarge(RecordRefused):
    code = "file-too-large"
    sentence = N_("This file is larger than {limit} bytes.")
    next_step = N_("Make it smaller and import it again.")


class UnsafePath(RecordRefused):
    code = "unsafe-path"
    sentence = N_("Its path leads out of the archive or folder.")
    next_step = N_("Make the archive again without links, “../” and absolute paths.")


class EntryEncrypted(RecordRefused):
    code = "entry-encrypted"
    sentence = N_("This file is protected by a password in its archive.")
    next_step = N_("Make the archive again without a password.")


class EntryBomb(RecordRefused):
    code = "entry-bomb"
    sentence = N_("This file unpacks to {ratio} times its size, as a harmful archive does.")
    next_step = N_("Import the file itself, outside of an archive.")


class EntryDamaged(RecordRefused):
    code = "entry-damaged"
    sentence = N_("This file is damaged in its archive.")
    next_step = N_("Make the archive again.")


class FileUnreadable(RecordRefused):
    code = "file-unreadable"
    sentence = N_("The file could not be read: {reason}.")
    next_step = N_("Check its rights and import it again.")


class TextEmpty(RecordRefused):
    code = "text-empty"
    sentence = N_("Its text is empty.")
    next_step = N_("Fill it in, or leave the record out.")


class TextTooLong(RecordRefused):
    code = "text-too-long"
    sentence = N_("Its text has more than {limit} characters.")
    next_step = N_("Divide it into parts; an opening quotation mark that is never closed also does this.")


class TextUndecodable(RecordRefused):
    code = "text-undecodable"
    sentence = N_("It has bytes that are no characters in {encoding}.")
    next_step = N_("Correct these characters, or save the file as UTF-8.")


class NameTooLong(RecordRefused):
    code = "name-too-long"
    sentence = N_("Its name has more than {limit} characters.")
    next_step = N_("Give it a shorter name.")


class LineBroken(RecordRefused):
    code = "line-broken"
    sentence = N_("This line is not a JSON object.")
    next_step = N_("Correct the line; the others were taken.")


class RestUnreadable(RecordRefused):
    code = "rest-unreadable"
    sentence = N_("From here on the file is damaged; the records before were taken.")
    next_step = N_("Copy the file again from where it came, and import it once more.")


class TextMissing(RecordRefused):
    code = "text-missing"
    sentence = N_("This record has no text in “{column}”.")
    next_step = N_("Fill it in, or leave the record out.")


class RowMisshapen(RecordRefused):
    code = "row-misshapen"
    sentence = N_("This row has {cells} cells, and the first row names {columns} columns.")
    next_step = N_("Put texts that hold the separator into quotation marks.")


class AnswersMissing(RecordRefused):
    """A comparison wants two."""

    code = "answers-missing"
    sentence = N_("This comparison has {answers} answers; it needs two.")
    next_step = N_("Add the other answers, or leave the record out.")


class AnswerEmpty(RecordRefused):
    code = "answer-empty"
    sentence = N_("Answer {answer} of this comparison is empty.")
    next_step = N_("Fill it in, or leave the record out.")


class TooManyAnswers(RecordRefused):
    code = "too-many-to-compare"
    sentence = N_("This comparison has {answers} answers; at most {limit} are taken.")
    next_step = N_("Divide it: nobody can put so many in order at once.")


class NoTurns(RecordRefused):
    code = "no-turns"
    sentence = N_("This dialogue has no turns.")
    next_step = N_("Fill it in, or leave the record out.")


class TurnEmpty(RecordRefused):
    code = "turn-empty"
    sentence = N_("Turn {turn} of this dialogue says nothing.")
    next_step = N_("Take the turn out, or fill it in.")


class TurnUnreadable(RecordRefused):
    code = "turn-unreadable"
    sentence = N_("Turn {turn} of this dialogue does not say who speaks (up to 60 characters) and, as a text, what.")
    next_step = N_("Write it as a speaker and a text, or as a role and a content.")


class TooManyTurns(RecordRefused):
    code = "too-many-turns"
    sentence = N_("This dialogue has {turns} turns; at most {limit} are taken.")
    next_step = N_("Divide it into several dialogues.")


class SessionMissing(RecordRefused):
    code = "session-missing"
    sentence = N_("These rows do not say in “{column}” which dialogue they belong to.")
    next_step = N_("Fill it in, or leave the rows out.")
