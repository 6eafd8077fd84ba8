"""Text for people, in the two languages that launchpolicy speaks.

Everything a person reads exists in English and in Chinese (design section 11), so a message is a
pair from the moment it is made; which half is shown is decided by the reporter alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, Literal

from launchpolicy.vocabulary.named_tuple import NamedTuple

Language = Literal["en", "zh"]
LANGUAGES: tuple[Language, ...] = ("en", "zh")

_GAP: Final = r"(?<=[\u3001-\u9fff\uff00-\uffef]) (?=[\u3001-\u9fff\uff00-\uffef])"


class Text(NamedTuple):
    """One message in English (`en`) and in Chinese (`zh`)."""

    en: str
    zh: str

    def in_language(self, language: Language) -> str:
        """Return the half of the message that is in `language`."""
        return self.zh if language == "zh" else self.en

    def as_data(self) -> dict[str, str]:
        """Return the message as it stands in files and reports: `{en: …, zh: …}`."""
        return {"en": self.en, "zh": self.zh}


def quantity(number: int, one: str, many: str = "") -> str:
    """Return a number with its English noun: `1 launch`, `2 launches`.

    `many` is the plural, by default `one` with an s.
    """
    return f"{number} {one if number == 1 else many or f'{one}s'}"


def listing(items: Iterable[str]) -> Text:
    """Return items one after another, with the commas of each language."""
    shown = tuple(items)
    return Text(", ".join(shown), "、".join(shown))


def without_gaps(chinese: str) -> str:
    """Return a Chinese text without the spaces that were left around ids, now names in Chinese."""
    return re.sub(_GAP, "", chinese)


def text_of(value: object) -> Text:
    """Return the `Text` of a value in a file: a string, or `{en: …, zh: …}`, where one is enough.

    Raises:
        TypeError: the value has another shape; the caller validates files before it reads them.
    """
    if isinstance(value, str):
        return Text(value, value)
    if isinstance(value, dict) and (value.get("en") or value.get("zh")):
        english = value.get("en") or value["zh"]
        return Text(english, value.get("zh") or english)
    message = f"not a text: {value!r}"
    raise TypeError(message)
