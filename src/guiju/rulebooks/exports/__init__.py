"""A rulebook in other hands: a document for people, a prompt for language models, the schema of their answers.

All say the same: fields, labels with their definitions, clauses with what they win over, examples with their answers.
`export_rulebook(compiled, "docx", words, project)` gives the file; equal versions give equal bytes.
"""

from guiju.rulebooks.exports.files import FORMATS, Exported, export_rulebook
from guiju.rulebooks.exports.paper import paper_of
from guiju.rulebooks.exports.prompt import prompt_of, schema_of

__all__ = ["FORMATS", "Exported", "export_rulebook", "paper_of", "prompt_of", "schema_of"]
