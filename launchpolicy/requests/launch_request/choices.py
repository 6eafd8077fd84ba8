"""Fixed words, each with what it means."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, Literal

from typing_extensions import TypeAliasType

from launchpolicy.requests.launch_request.fields import Explanation
from launchpolicy.vocabulary.text import Text


@dataclass(frozen=True, slots=True)
class Words:
    """What a choice is about, and what each of its words means, in the order of the `Literal`."""

    title: Text
    description: Text
    meanings: tuple[Text, ...]

    def keywords(self, words: tuple[str, ...]) -> dict[str, Any]:
        """Return the words as JSON Schema keywords, with `enumDescriptions`, which editors show.

        Raises:
            ValueError: a word has no meaning here, or a meaning no word.
        """
        pairs = list(zip(words, self.meanings, strict=True))
        return {
            **Explanation(self.title, self.description).keywords(),
            "type": "string",
            "enum": list(words),
            "enumDescriptions": [meaning.en for _, meaning in pairs],
            "x-enum-descriptions-zh": [meaning.zh for _, meaning in pairs],
        }


Result = TypeAliasType(
    "Result",
    Annotated[
        Literal["passed", "failed"],
        Words(
            Text("Result", "结果"),
            Text("How a check or a test came out.", "检查或测试的结果。"),
            (Text("It is as it should be.", "符合要求。"), Text("It is not.", "不符合要求。")),
        ),
    ],
)
Level = TypeAliasType(
    "Level",
    Annotated[
        Literal["low", "medium", "high"],
        Words(
            Text("Level", "程度"),
            Text("How likely or how bad something is.", "可能性或影响的大小。"),
            (Text("Low.", "低。"), Text("Medium.", "中。"), Text("High.", "高。")),
        ),
    ],
)
Settlement = TypeAliasType(
    "Settlement",
    Annotated[
        Literal["fixed", "accepted", "open"],
        Words(
            Text("Settlement", "处置"),
            Text(
                "How a finding was settled.",
                "发现的问题如何处置。",
            ),
            (
                Text("It was fixed.", "已修复。"),
                Text("A named person accepts it as it is.", "由指定人员确认接受。"),
                Text("Nothing was decided yet.", "尚未处理。"),
            ),
        ),
    ],
)
