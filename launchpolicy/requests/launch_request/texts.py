"""Text for people, in one language or in both."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import GetJsonSchemaHandler, model_validator
from pydantic_core import CoreSchema, PydanticCustomError
from typing_extensions import Self, TypeAliasType

from launchpolicy.requests.launch_request.fields import (
    Explanation,
    Maybe,
    Shape,
    explained,
    optional,
    required,
)
from launchpolicy.requests.launch_request.scalars import Written
from launchpolicy.vocabulary.text import Text

_NOT_BLANK = r"^\s*\S[\s\S]*$"
_TITLE = Text("Text for people", "给人看的文字")
_DESCRIPTION = Text(
    "A plain string, or English and Chinese side by side; one of the two is enough.",
    "一个字符串，或并列的英文与中文；两者至少写一个。",
)

_Sentence = Annotated[str, Written(_TITLE, _DESCRIPTION, _NOT_BLANK, ())]


@explained(_TITLE, _DESCRIPTION)
class Localised(Shape):
    """Text in English, in Chinese or in both."""

    en: Maybe[_Sentence] = optional(Text("English", "英文"), Text("The text in English.", "英文文字。"))
    zh: Maybe[_Sentence] = optional(Text("Chinese", "中文"), Text("The text in Chinese.", "中文文字。"))

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if self.en is None and self.zh is None:
            raise PydanticCustomError("no_text", "neither `en` nor `zh`")
        return self


class _OneDefinition:
    """The union as one schema without `anyOf`: the very definition that our other schemas have."""

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        languages = {
            "en": (Text("English", "英文"), Text("The text in English.", "英文文字。")),
            "zh": (Text("Chinese", "中文"), Text("The text in Chinese.", "中文文字。")),
        }
        example = {"en": "Rollback impact is assessed", "zh": "已评估回滚影响"}
        return {}
