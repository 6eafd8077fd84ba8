"""Text with a grammar: how one kind of text is checked, read and explained."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from launchpolicy.requests.launch_request.fields import Explanation
from launchpolicy.vocabulary.text import Text

SPACES = " \\t\\n\\r\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
"""White space, listed for a character class: to RE2 `\\s` is ASCII only, to Python it is not."""


def _as_written(text: str) -> object:
    return text


REPEATED = "x-repeated"
"""Marks a definition whose description is to stand behind that of every key which uses it."""


@dataclass(frozen=True)
class GrammarText:
    """Text that follows `pattern`, and what `read` makes of it; None from `read` is a refusal.

    `repeated` is for grammars that one does not guess from an example.
    """

    title: Text
    description: Text
    pattern: str
    examples: tuple[str, ...] = ()
    read: Callable[[str], object | None] = _as_written
    format: str = ""
    repeated: bool = False

    def __get_pydantic_core_schema__(
        self,
        source: object,
        handler: GetCoreSchemaHandler,
    ) -> CoreSchema:
        # Python's `$` lets a final line break pass, ECMAScript's does not.
        grammar = re.compile(self.pattern.removesuffix("$") + r"\Z")

        def parse(text: str) -> object:
            value = self.read(text) if grammar.match(text) else None
            if value is None:
                raise PydanticCustomError("not_written_so", "not a {what}", {"what": self.title.en})
            return value

        return core_schema.no_info_after_validator_function(
            parse, core_schema.str_schema(strict=True)
        )

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        keywords: dict[str, Any] = {
            **Explanation(self.title, self.description).keywords(),
            "type": "string",
            "pattern": self.pattern,
            "format": self.format,
            "examples": list(self.examples),
            REPEATED: self.repeated,
        }
        return {keyword: value for keyword, value in keywords.items() if value}
