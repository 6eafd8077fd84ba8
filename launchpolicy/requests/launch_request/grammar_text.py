"""Grammars of texts and ranges of numbers: how the schema checks and explains them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from launchpolicy.requests.launch_request.fields import Explanation
from launchpolicy.requests.launch_request.marks import MARKS_OF_DEFINITIONS
from launchpolicy.vocabulary.text import Text

SPACES = " \\t\\n\\r\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
"""White space, listed for a character class: to RE2 `\\s` is ASCII only, to Python it is not."""

REPEATED = "x-repeated"
"""Marks a definition whose description is to stand behind that of every key which uses it."""


@dataclass(frozen=True, slots=True)
class GrammarText:
    """Text that follows `pattern`; `repeated` is for grammars that one does not guess.

    `mark` is the keyword of `marks` that every place of this grammar has. `time` says of a point in
    time that it is `planned`: it may lie ahead.
    """

    title: Text
    description: Text
    pattern: str
    examples: tuple[str, ...] = ()
    format: str = ""
    repeated: bool = False
    mark: str = ""
    time: str = ""

    def keywords(self) -> dict[str, Any]:
        """Return the grammar and its explanation as JSON Schema keywords."""
        keywords: dict[str, Any] = {
            **Explanation(self.title, self.description).keywords(),
            "type": "string",
            "pattern": self.pattern,
            "format": self.format,
            "x-time": self.time,
            "examples": list(self.examples),
            REPEATED: self.repeated,
        }
        if self.mark:
            keywords |= MARKS_OF_DEFINITIONS[self.mark]
        return {
            keyword: value for keyword, value in keywords.items() if value or keyword == self.mark
        }


@dataclass(frozen=True, slots=True)
class WholeNumber:
    """A whole number of at least `minimum`."""

    title: Text
    description: Text
    minimum: int
    example: int

    def keywords(self) -> dict[str, Any]:
        """Return the range and its explanation as JSON Schema keywords."""
        return {
            **Explanation(self.title, self.description).keywords(),
            "type": "integer",
            "minimum": self.minimum,
            "examples": [self.example],
        }
