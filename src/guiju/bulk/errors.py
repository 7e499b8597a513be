"""Why a file of answers cannot be read, or not in this way."""

from guiju.kit import N_, Refusal
from guiju.stats.spoken import SaysWhat


class AnswersAbsent(Refusal):
    code = "answers-absent"
    status = 404
    sentence = N_("There is no file “{name}”, or nothing in it.")
    next_step = N_("Name a CSV or Parquet file, or a folder of Parquet files.")


class AnswersUnreadable(Refusal):
    code = "answers-unreadable"
    status = 422
    sentence = N_("“{name}” cannot be read: {reason}.")
    next_step = N_("Correct the file, or export it again as CSV in UTF-8 or as Parquet.")


class AnswerColumnMissing(Refusal):
    code = "answer-column-missing"
    status = 422
    sentence = N_("“{name}” has no column “{column}” for the {meant}. Its columns are: {found}.")
    next_step = N_("Name the columns with --item, --annotator and --label, or all of them with --columns.")


class TooManyColumns(Refusal):
    code = "too-many-columns-named"
    status = 422
    sentence = N_("{told} columns were named, and “{name}” has {found}.")
    next_step = N_("Name at most as many columns as the file has.")


class ContradictingGold(Refusal):
    code = "contradicting-gold"
    status = 422
    sentence = N_("“{item}” has more than one known right answer.")
    next_step = N_("Keep one right answer for each item, the same in all its rows.")


class EngineMissing(Refusal):
    """The extra that brings the engine is not installed."""

    code = "engine-missing"
    status = 422
    sentence = N_("The engine “{engine}” is not installed.")
    next_step = N_("Install it with: pip install 'guiju[scale]', or choose --engine local.")


class NotInShards(Refusal):
    """The method needs all answers in memory."""

    code = "method-not-in-shards"
    status = 422
    sentence = N_("“{method}” needs all answers in memory and cannot run on shards.")
    next_step = N_("Choose one of {known}, or a file that fits in memory with --engine local.")


class DistanceNotInShards(Refusal):
    """Sets of labels are told apart in memory only."""

    code = "distance-not-in-shards"
    status = 422
    sentence = N_("The distance “{distance}” cannot be computed on shards.")
    next_step = N_("Choose nominal, ordinal, interval or ratio, or --engine local.")


class MarkLineBroken(SaysWhat, Refusal):
    """A line of marks that cannot be read."""

    code = "mark-line-broken"
    status = 422
    sentence = N_("Line {line} of “{name}” cannot be read: {what}.")
    next_step = N_("Correct the line. The page “Lines of marks” shows what a line holds.")


class NotForMarks(Refusal):
    """An option that chooses among labels, given for marks."""

    code = "not-for-marks"
    status = 422
    sentence = N_("“{option}” is for tables of answers; “{name}” holds marks, which are matched and merged.")
    next_step = N_("Leave the option out, or give a table with one answer a row.")


class GoldNotInShards(Refusal):
    """Known answers in a file of their own, and answers in shards."""

    code = "gold-file-not-in-shards"
    status = 422
    sentence = N_("Known answers from a file of their own need all answers in memory.")
    next_step = N_("Add them to the answers as a column, or ask with --engine local.")
