"""What is refused about archives that are read from front to back."""

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
