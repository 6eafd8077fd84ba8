"""Text for people, in one language or in both; the only union in a launch request."""

from __future__ import annotations

from typing import Annotated, Any

from typing_extensions import TypeAliasType

from launchpolicy.requests.launch_request.fields import (
    Explanation,
    Maybe,
    RequestSection,
    explain,
    optional_key,
    required_key,
)
from launchpolicy.requests.launch_request.grammar_text import SPACES, GrammarText
from launchpolicy.requests.launch_request.marks import MARKS_OF_DEFINITIONS
from launchpolicy.requests.schema_marks import TEXT
from launchpolicy.vocabulary.text import Text

_NOT_BLANK = rf"^[{SPACES}]*[^{SPACES}][\s\S]*$"
_TITLE = Text("Text for people", "给人看的文字")
_DESCRIPTION = Text(
    "A plain string, or English and Chinese side by side; one of the two is enough.",
    "一个字符串，或并列的英文与中文；两者至少写一个。",
)
_Sentence = Annotated[str, GrammarText(_TITLE, _DESCRIPTION, _NOT_BLANK)]


@explain(_TITLE, _DESCRIPTION)
class LocalisedText(RequestSection):
    """Text in English, in Chinese or in both."""

    en: Maybe[_Sentence] = optional_key(
        Text("English", "英文"),
        Text("The text in English.", "英文文字。"),
        examples=("Rollback impact is assessed before the launch",),
    )
    zh: Maybe[_Sentence] = optional_key(
        Text("Chinese", "中文"),
        Text("The text in Chinese.", "中文文字。"),
        examples=("上线前已评估回滚影响",),
    )

    @property
    def text(self) -> Text:
        """Return the text in both languages: the same in both where only one is written."""
        english = self.en or self.zh or ""
        return Text(english, self.zh or english)


class EitherForm:
    """One definition for both forms, the very one that the hand-written schemas have."""

    def keywords(self, pattern: str, properties: dict[str, Any]) -> dict[str, Any]:
        """Return the definition, with the pattern of the plain form and the keys of the other."""
        return {
            **Explanation(_TITLE, _DESCRIPTION).keywords(),
            "type": ["string", "object"],
            "pattern": pattern,
            "additionalProperties": False,
            "minProperties": 1,
            "properties": properties,
            **MARKS_OF_DEFINITIONS[TEXT],
            "examples": [
                "Rollback impact is assessed",
                {"en": "Rollback impact is assessed", "zh": "已评估回滚影响"},
            ],
        }


Prose = TypeAliasType("Prose", Annotated[_Sentence | LocalisedText, EitherForm()])


@explain(
    Text("None, with a reason", "无，并说明理由"),
    Text(
        "Says that there is nothing to do here, and why; leaving the section out says neither.",
        "说明此处无需处理及其理由；省略不写不能代替说明。",
    ),
    definition="Reasoned",
)
class ReasonForNone(RequestSection):
    """The `none` of a section."""

    reason: Maybe[Prose] = required_key(
        Text("Reason", "理由"),
        Text("Why there is nothing to do.", "无需处理的理由。"),
        examples=("The launch writes no files",),
    )
